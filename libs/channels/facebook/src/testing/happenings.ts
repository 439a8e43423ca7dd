import { expect } from '@jest/globals';
import { someTarget, type Happening } from '@crier/connector/testing';

const upTo = expect.stringMatching(/Z$/);
const ref = someTarget('').refOf(1);

/** What people do at a Page, and Messenger with its messages. */
export const happenings: readonly Happening[] = [
  {
    title: 'a message of the Page itself',
    path: 'updates',
    fields: ({ messageId }) => ({ kind: 'echo', messageId }),
    events: ({ address, messageId }) => [
      { kind: 'receipt', what: 'sent', address, which: { ids: [messageId], key: 1000 } },
    ],
  },
  {
    title: 'a delivery',
    path: 'updates',
    fields: ({ messageId }) => ({ kind: 'delivered', messageId }),
    events: ({ address, messageId }) => [
      { kind: 'receipt', what: 'delivered', address, which: { ids: [messageId], upTo } },
    ],
  },
  {
    title: 'messages that were read',
    path: 'updates',
    fields: () => ({ kind: 'seen' }),
    events: ({ address }) => [{ kind: 'receipt', what: 'opened', address, which: { upTo } }],
  },
  {
    title: 'a press',
    path: 'press',
    fields: () => ({ button: 1 }),
    events: ({ address }) => [{ kind: 'pressed', address, ref }],
  },
  {
    title: 'a quick reply',
    path: 'updates',
    fields: () => ({ kind: 'say', text: 'Go', payload: `c:${ref}` }),
    events: ({ address }) => [{ kind: 'pressed', address, ref }],
  },
  {
    title: 'what somebody wrote',
    path: 'updates',
    fields: () => ({ kind: 'say', text: 'Hello' }),
    events: ({ address }) => [{ kind: 'started', address, text: 'Hello' }],
  },
  {
    title: 'somebody who begins',
    path: 'updates',
    fields: () => ({ kind: 'start', payload: 'spring' }),
    events: ({ address }) => [{ kind: 'started', address, payload: 'spring' }],
  },
];
