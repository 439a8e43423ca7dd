import { AssignerProtocol } from 'kafkajs';
import type { JoinedGroup } from '../link/protocol.ts';
import { assign, type Member } from './assignment.ts';

/** The name under which members recognise that they share partitions in the same way. */
const NAME = 'crier-co-partitioned';
const VERSION = 1;

/** What a member tells the leader of its group. */
export interface Claim {
  readonly generation: number;
  readonly held: readonly number[];
}

/** What a member says when it joins. */
export const protocolsOf = (topics: readonly string[], claim: Claim) => [
  {
    name: NAME,
    metadata: AssignerProtocol.MemberMetadata.encode({
      version: VERSION,
      topics: [...topics],
      userData: Buffer.from(JSON.stringify(claim)),
    }),
  },
];

const memberOf = ({ memberId, memberMetadata }: JoinedGroup['members'][number]): Member => {
  const userData = AssignerProtocol.MemberMetadata.decode(memberMetadata)?.userData;
  const claim = JSON.parse(userData?.toString('utf8') || '{}') as Partial<Claim>;
  return { memberId, generation: claim.generation ?? -1, held: claim.held ?? [] };
};

/** What the leader of a group hands to all: the same partition numbers of all topics. */
export const assignmentsOf = (
  { members }: JoinedGroup,
  topics: readonly string[],
  partitions: number,
) =>
  [...assign(members.map(memberOf), partitions)].map(([memberId, given]) => ({
    memberId,
    memberAssignment: AssignerProtocol.MemberAssignment.encode({
      version: VERSION,
      assignment: Object.fromEntries(topics.map((topic) => [topic, [...given]])),
      userData: Buffer.alloc(0),
    }),
  }));

/** The partitions that a member was given. */
export const givenIn = (assignment: Buffer): readonly number[] => {
  const decoded = AssignerProtocol.MemberAssignment.decode(assignment);
  return [...new Set(Object.values(decoded?.assignment ?? {}).flat())];
};
