import { happening, someTarget, type Happening } from '@crier/connector/testing';

const { doing, pressing, REF, telling } = happening;
const key = someTarget('').keyOf(0);
const bought = { amount: 4200, currency: 'UAH', paymentId: 'p-1' };
const begun = { firstName: 'Ann', payload: 'spring' };

/** What people do, as a receiver tells it. */
export const happenings: readonly Happening[] = [
  telling('a delivery', { kind: 'delivered' }, 'delivered', (id) => ({ ids: [id], key })),
  telling('a message that was seen', { kind: 'seen' }, 'opened', (id) => ({ ids: [id], key })),
  pressing(),
  doing('what somebody wrote', { kind: 'say', text: 'Stop!' }, { kind: 'active', text: 'Stop!' }),
  doing('somebody who blocks the bot', { kind: 'block' }, { kind: 'status', status: 'blocked' }),
  doing(
    'somebody who unsubscribes',
    { kind: 'unsubscribe' },
    { kind: 'status', status: 'unsubscribed' },
  ),
  doing('somebody who starts', { kind: 'start', ...begun }, { kind: 'started', ...begun }),
  doing(
    'a payment',
    { kind: 'paid', payload: `c:${REF}`, ...bought },
    { kind: 'paid', ref: REF, ...bought },
  ),
];
