import { happening, someTarget, type Happening } from '@crier/connector/testing';

const { doing, pressing, telling } = happening;
const key = someTarget('').keyOf(0);
const sent = { kind: 'sent', randomId: key };

/** What people do with a community, and VK with its messages. */
export const happenings: readonly Happening[] = [
  telling('a message of the community itself', sent, 'sent', (id) => ({ ids: [id], key })),
  telling('messages that were read', { kind: 'seen' }, 'opened', (id) => ({ upToId: id })),
  pressing(),
  doing(
    'somebody who forbids messages',
    { kind: 'block' },
    { kind: 'status', status: 'unsubscribed' },
  ),
  doing('somebody who allows them', { kind: 'unblock' }, { kind: 'status', status: 'enabled' }),
  doing(
    'somebody who begins',
    { kind: 'start', payload: 'spring' },
    { kind: 'started', payload: 'spring', language: 'en' },
  ),
  doing('what somebody wrote', { kind: 'say', text: 'Hello' }, { kind: 'started', text: 'Hello' }),
  doing(
    'a payment',
    { kind: 'pay', amount: 1_500_000 },
    { kind: 'paid', amount: 150_000, currency: 'RUB' },
  ),
];
