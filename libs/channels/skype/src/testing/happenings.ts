import { someTarget, type Happening } from '@crier/connector/testing';

/** What people do with a bot. */
export const happenings: readonly Happening[] = [
  {
    title: 'a press',
    path: 'press',
    fields: () => ({ button: 1 }),
    events: ({ address }) => [{ kind: 'pressed', address, ref: someTarget('').refOf(1) }],
  },
  {
    title: 'what somebody wrote',
    path: 'updates',
    fields: () => ({ kind: 'say', text: 'Hello' }),
    events: ({ address }) => [{ kind: 'started', address, text: 'Hello' }],
  },
  {
    title: 'somebody who removes the bot',
    path: 'updates',
    fields: () => ({ kind: 'block' }),
    events: ({ address }) => [{ kind: 'status', address, status: 'blocked' }],
  },
  {
    title: 'somebody who adds it',
    path: 'updates',
    fields: () => ({ kind: 'start', firstName: 'Ann Lee' }),
    events: ({ address }) => [{ kind: 'started', address, firstName: 'Ann', lastName: 'Lee' }],
  },
  {
    title: 'a conversation that ends',
    path: 'updates',
    fields: () => ({ kind: 'leave' }),
    events: ({ address }) => [{ kind: 'status', address, status: 'unsubscribed' }],
  },
  {
    title: 'a reaction',
    path: 'updates',
    fields: () => ({ kind: 'react' }),
    events: ({ address }) => [{ kind: 'active', address }],
  },
];
