import { someTarget, type Happening } from '@crier/connector/testing';

const ref = someTarget('').refOf(1);
const bought = { amount: 4200, currency: 'UAH', paymentId: 'p-1' };

/** What people do, as a receiver tells it. */
export const happenings: readonly Happening[] = [
  {
    title: 'a delivery',
    path: 'updates',
    fields: ({ messageId }) => ({ kind: 'delivered', messageId }),
    events: ({ address, messageId }) => [
      { kind: 'receipt', what: 'delivered', address, which: { ids: [messageId], key: 1000 } },
    ],
  },
  {
    title: 'a message that was seen',
    path: 'updates',
    fields: ({ messageId }) => ({ kind: 'seen', messageId }),
    events: ({ address, messageId }) => [
      { kind: 'receipt', what: 'opened', address, which: { ids: [messageId], key: 1000 } },
    ],
  },
  {
    title: 'a press',
    path: 'press',
    fields: () => ({ button: 1 }),
    events: ({ address }) => [{ kind: 'pressed', address, ref }],
  },
  {
    title: 'what somebody wrote',
    path: 'updates',
    fields: () => ({ kind: 'say', text: 'Stop!' }),
    events: ({ address }) => [{ kind: 'active', address, text: 'Stop!' }],
  },
  {
    title: 'somebody who blocks the bot',
    path: 'updates',
    fields: () => ({ kind: 'block' }),
    events: ({ address }) => [{ kind: 'status', address, status: 'blocked' }],
  },
  {
    title: 'somebody who unsubscribes',
    path: 'updates',
    fields: () => ({ kind: 'unsubscribe' }),
    events: ({ address }) => [{ kind: 'status', address, status: 'unsubscribed' }],
  },
  {
    title: 'somebody who starts',
    path: 'updates',
    fields: () => ({ kind: 'start', firstName: 'Ann', payload: 'spring' }),
    events: ({ address }) => [{ kind: 'started', address, firstName: 'Ann', payload: 'spring' }],
  },
  {
    title: 'a payment',
    path: 'updates',
    fields: () => ({ kind: 'paid', payload: `c:${ref}`, ...bought }),
    events: ({ address }) => [{ kind: 'paid', address, ref, ...bought }],
  },
];
