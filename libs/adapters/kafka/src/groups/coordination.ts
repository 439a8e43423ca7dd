import type { Desk } from '../link/desk.ts';
import type { Link } from '../link/link.ts';
import type { Broker } from '../link/protocol.ts';
import { assignmentsOf, givenIn, protocolsOf, type Claim } from './member-protocol.ts';

/** A group, and how its members share. */
export interface Group {
  readonly group: string;
  readonly topics: readonly string[];
  /** How many partitions each of the topics has. */
  readonly partitions: number;
  /** A member that is not heard of for so long is no member any more. */
  readonly sessionTimeoutMs: number;
}

/** A place in one generation of a group. */
export interface Place {
  readonly memberId: string;
  readonly generation: number;
}

/** The broker that keeps a group. Rejects with what the client says. */
export const coordinatorOf = (link: Link, { group, topics }: Group): Promise<Broker> =>
  link.coordinator(group, topics[0] ?? '');

/** Waits until the group begins a new generation. Rejects with what the broker says. */
export const joinGroup = async (
  coordinator: Broker,
  { group, topics, sessionTimeoutMs }: Group,
  memberId: string,
  claim: Claim,
) =>
  coordinator.joinGroup({
    groupId: group,
    memberId,
    sessionTimeout: sessionTimeoutMs,
    rebalanceTimeout: sessionTimeoutMs,
    groupProtocols: protocolsOf(topics, claim),
  });

/** Learns what this member is given; the leader of the group decides it for all. Rejects with what the broker says. */
export const shareOf = async (
  coordinator: Broker,
  { group, topics, partitions }: Group,
  joined: Awaited<ReturnType<typeof joinGroup>>,
): Promise<readonly number[]> => {
  const { memberId, generationId, leaderId } = joined;
  const { memberAssignment } = await coordinator.syncGroup({
    groupId: group,
    memberId,
    generationId,
    groupAssignment: leaderId === memberId ? assignmentsOf(joined, topics, partitions) : [],
  });
  return givenIn(memberAssignment);
};

/** Says that a member is gone. @throws Unavailable */
export const leaveGroup = (desk: Desk, group: Group, memberId: string): Promise<unknown> =>
  desk.ask(async (link) => {
    const coordinator = await coordinatorOf(link, group);
    return coordinator.leaveGroup({ groupId: group.group, memberId });
  });
