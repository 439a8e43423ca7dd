import { happening, type Happening } from '@crier/connector/testing';

const { doing, pressing, REF } = happening;
const bought = { amount: 250, currency: 'EUR' };
const paid = { ...bought, paymentId: 'charge-1' };

/** What people do at a bot. */
export const happenings: readonly Happening[] = [
  pressing(({ messageId }) => ({ messageId: Number(messageId) })),
  doing('somebody who blocks the bot', { kind: 'block' }, { kind: 'status', status: 'blocked' }),
  doing('somebody who unblocks it', { kind: 'unblock' }, { kind: 'status', status: 'enabled' }),
  doing(
    'somebody who starts it',
    { kind: 'start', payload: 'spring', firstName: 'Ann' },
    { kind: 'started', payload: 'spring', firstName: 'Ann' },
  ),
  doing(
    'somebody who is about to pay',
    { kind: 'checkout', payload: `c:${REF}`, ...bought },
    { kind: 'checkout', ref: REF },
  ),
  doing(
    'somebody who paid',
    { kind: 'paid', payload: `c:${REF}`, ...paid },
    { kind: 'active' },
    { kind: 'paid', ref: REF, ...paid },
  ),
];
