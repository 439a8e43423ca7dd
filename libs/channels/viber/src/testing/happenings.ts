import { expect } from '@jest/globals';
import { someTarget, type Happening } from '@crier/connector/testing';

/** What people do with a bot, and their phones with its messages. */
export const happenings: readonly Happening[] = [
  {
    title: 'a delivery',
    path: 'updates',
    fields: ({ messageId }) => ({ kind: 'delivered', messageId }),
    events: ({ address, messageId }) => [
      { kind: 'receipt', what: 'delivered', address, which: { ids: [messageId] } },
    ],
  },
  {
    title: 'a message that was seen',
    path: 'updates',
    fields: ({ messageId }) => ({ kind: 'seen', messageId }),
    events: ({ address, messageId }) => [
      {
        kind: 'receipt',
        what: 'opened',
        address,
        which: { ids: [messageId], upTo: expect.stringMatching(/Z$/) },
      },
    ],
  },
  {
    title: 'a link that was opened',
    path: 'press',
    fields: () => ({ button: 0 }),
    events: ({ address }) => [{ kind: 'active', address }],
  },
  {
    title: 'a press',
    path: 'press',
    fields: () => ({ button: 1 }),
    events: ({ address }) => [{ kind: 'pressed', address, ref: someTarget('').refOf(1) }],
  },
  {
    title: 'what somebody wrote',
    path: 'updates',
    fields: () => ({ kind: 'say', text: 'Stop!' }),
    events: ({ address }) => [{ kind: 'started', address, text: 'Stop!' }],
  },
  {
    title: 'somebody who opens the chat',
    path: 'updates',
    fields: () => ({ kind: 'open', payload: 'spring' }),
    events: ({ address }) => [{ kind: 'active', address }],
  },
  {
    title: 'somebody who leaves',
    path: 'updates',
    fields: () => ({ kind: 'block' }),
    events: ({ address }) => [{ kind: 'status', address, status: 'unsubscribed' }],
  },
  {
    title: 'somebody who comes',
    path: 'updates',
    fields: () => ({ kind: 'start', firstName: 'Ann Lee' }),
    events: ({ address }) => [{ kind: 'started', address, firstName: 'Ann', lastName: 'Lee' }],
  },
];
