import { expect } from '@jest/globals';
import { happening, someTarget, type Happening } from '@crier/connector/testing';

const { doing, pressing, REF, telling } = happening;
const key = someTarget('').keyOf(0);
const upTo = expect.stringMatching(/Z$/);

/** What people do at a Page, and Messenger with its messages. */
export const happenings: readonly Happening[] = [
  telling('a message of the Page itself', { kind: 'echo' }, 'sent', (id) => ({ ids: [id], key })),
  telling('a delivery', { kind: 'delivered' }, 'delivered', (id) => ({ ids: [id], upTo })),
  telling('messages that were read', { kind: 'seen' }, 'opened', () => ({ upTo })),
  pressing(),
  doing(
    'a quick reply',
    { kind: 'say', text: 'Go', payload: `c:${REF}` },
    { kind: 'pressed', ref: REF },
  ),
  doing('what somebody wrote', { kind: 'say', text: 'Hello' }, { kind: 'started', text: 'Hello' }),
  doing(
    'somebody who begins',
    { kind: 'start', payload: 'spring' },
    { kind: 'started', payload: 'spring' },
  ),
];
