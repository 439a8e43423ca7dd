import { someTarget, type Happening } from '@crier/connector/testing';

/** What people do with a community, and VK with its messages. */
export const happenings: readonly Happening[] = [
  {
    title: 'a message of the community itself',
    path: 'updates',
    fields: ({ messageId }) => ({ kind: 'sent', messageId, randomId: 1000 }),
    events: ({ address, messageId }) => [
      { kind: 'receipt', what: 'sent', address, which: { ids: [messageId], key: 1000 } },
    ],
  },
  {
    title: 'messages that were read',
    path: 'updates',
    fields: ({ messageId }) => ({ kind: 'seen', messageId }),
    events: ({ address, messageId }) => [
      { kind: 'receipt', what: 'opened', address, which: { upToId: messageId } },
    ],
  },
  {
    title: 'a press',
    path: 'press',
    fields: () => ({ button: 1 }),
    events: ({ address }) => [{ kind: 'pressed', address, ref: someTarget('').refOf(1) }],
  },
  {
    title: 'somebody who forbids messages',
    path: 'updates',
    fields: () => ({ kind: 'block' }),
    events: ({ address }) => [{ kind: 'status', address, status: 'unsubscribed' }],
  },
  {
    title: 'somebody who allows them',
    path: 'updates',
    fields: () => ({ kind: 'unblock' }),
    events: ({ address }) => [{ kind: 'status', address, status: 'enabled' }],
  },
  {
    title: 'somebody who begins',
    path: 'updates',
    fields: () => ({ kind: 'start', payload: 'spring' }),
    events: ({ address }) => [{ kind: 'started', address, payload: 'spring', language: 'en' }],
  },
  {
    title: 'what somebody wrote',
    path: 'updates',
    fields: () => ({ kind: 'say', text: 'Hello' }),
    events: ({ address }) => [{ kind: 'started', address, text: 'Hello' }],
  },
  {
    title: 'a payment',
    path: 'updates',
    fields: () => ({ kind: 'pay', amount: 1_500_000 }),
    events: ({ address }) => [{ kind: 'paid', address, amount: 150_000, currency: 'RUB' }],
  },
];
