import { happening, type Happening } from '@crier/connector/testing';

const { doing, pressing } = happening;

/** What people do with a bot. */
export const happenings: readonly Happening[] = [
  pressing(),
  doing('what somebody wrote', { kind: 'say', text: 'Hello' }, { kind: 'started', text: 'Hello' }),
  doing('somebody who removes the bot', { kind: 'block' }, { kind: 'status', status: 'blocked' }),
  doing(
    'somebody who adds it',
    { kind: 'start', firstName: 'Ann Lee' },
    { kind: 'started', firstName: 'Ann', lastName: 'Lee' },
  ),
  doing('a conversation that ends', { kind: 'leave' }, { kind: 'status', status: 'unsubscribed' }),
  doing('a reaction', { kind: 'react' }, { kind: 'active' }),
];
