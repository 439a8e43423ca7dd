import { someTarget, type Happening } from '@crier/connector/testing';

const ref = someTarget('').refOf(1);
const bought = { payload: `c:${ref}`, amount: 250, currency: 'EUR' };

/** What people do at a bot. */
export const happenings: readonly Happening[] = [
  {
    title: 'a press',
    path: 'press',
    fields: ({ messageId }) => ({ messageId: Number(messageId), button: 1 }),
    events: ({ address }) => [{ kind: 'pressed', address, ref }],
  },
  {
    title: 'somebody who blocks the bot',
    path: 'updates',
    fields: () => ({ kind: 'block' }),
    events: ({ address }) => [{ kind: 'status', address, status: 'blocked' }],
  },
  {
    title: 'somebody who unblocks it',
    path: 'updates',
    fields: () => ({ kind: 'unblock' }),
    events: ({ address }) => [{ kind: 'status', address, status: 'enabled' }],
  },
  {
    title: 'somebody who starts it',
    path: 'updates',
    fields: () => ({ kind: 'start', payload: 'spring', firstName: 'Ann' }),
    events: ({ address }) => [{ kind: 'started', address, payload: 'spring', firstName: 'Ann' }],
  },
  {
    title: 'somebody who is about to pay',
    path: 'updates',
    fields: () => ({ kind: 'checkout', ...bought }),
    events: ({ address }) => [{ kind: 'checkout', address, ref }],
  },
  {
    title: 'somebody who paid',
    path: 'updates',
    fields: () => ({ kind: 'paid', ...bought, paymentId: 'charge-1' }),
    events: ({ address }) => [
      { kind: 'active', address },
      { kind: 'paid', address, ref, amount: 250, currency: 'EUR', paymentId: 'charge-1' },
    ],
  },
];
