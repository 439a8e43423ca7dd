import { expect } from '@jest/globals';
import { happening, type Happening } from '@crier/connector/testing';

const { doing, pressing, telling } = happening;
const upTo = expect.stringMatching(/Z$/);

/** What people do with a bot, and their phones with its messages. */
export const happenings: readonly Happening[] = [
  telling('a delivery', { kind: 'delivered' }, 'delivered', (id) => ({ ids: [id] })),
  telling('a message that was seen', { kind: 'seen' }, 'opened', (id) => ({ ids: [id], upTo })),
  {
    title: 'a link that was opened',
    path: 'press',
    fields: () => ({ button: 0 }),
    events: ({ address }) => [{ kind: 'active', address }],
  },
  pressing(),
  doing('what somebody wrote', { kind: 'say', text: 'Stop!' }, { kind: 'started', text: 'Stop!' }),
  doing('somebody who opens the chat', { kind: 'open', payload: 'spring' }, { kind: 'active' }),
  doing('somebody who leaves', { kind: 'block' }, { kind: 'status', status: 'unsubscribed' }),
  doing(
    'somebody who comes',
    { kind: 'start', firstName: 'Ann Lee' },
    { kind: 'started', firstName: 'Ann', lastName: 'Lee' },
  ),
];
