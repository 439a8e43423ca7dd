import { describe, expect, it } from '@jest/globals';
import { assignmentsOf, givenIn, protocolsOf } from './member-protocol.ts';

const TOPICS = ['lanes.x', 'receipts.x'];

const joined = (claims: Readonly<Record<string, readonly number[]>>) => ({
  ...{ generationId: 4, leaderId: 'a', memberId: 'a' },
  members: Object.entries(claims).map(([memberId, held]) => ({
    memberId,
    memberMetadata: protocolsOf(TOPICS, { generation: 3, held })[0]?.metadata ?? Buffer.alloc(0),
  })),
});

describe('what members of a group tell each other', () => {
  it('carries what each holds to the leader, and what each is given back to it', () => {
    const all = assignmentsOf(joined({ a: [4, 5], b: [0, 1] }), TOPICS, 6);
    const given = Object.fromEntries(
      all.map(({ memberId, memberAssignment }) => [
        memberId,
        [...givenIn(memberAssignment)].sort(),
      ]),
    );
    expect(given['a']).toEqual(expect.arrayContaining([4, 5]));
    expect(given['b']).toEqual(expect.arrayContaining([0, 1]));
    expect(Object.values(given).flat().sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('understands a member that was given nothing', () => {
    const [first] = assignmentsOf(joined({ a: [0], b: [] }), TOPICS, 1).filter(
      ({ memberId }) => memberId === 'b',
    );
    expect(givenIn(first?.memberAssignment ?? Buffer.alloc(0))).toEqual([]);
  });
});
