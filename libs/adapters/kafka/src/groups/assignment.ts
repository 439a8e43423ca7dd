/** A member of a group, and what it says it holds since a generation. */
export interface Member {
  readonly memberId: string;
  readonly generation: number;
  readonly held: readonly number[];
}

/** Who gets which partitions. */
export type Assignment = ReadonlyMap<string, readonly number[]>;

/** Who holds each partition; where two say so, the one whose knowledge is newer. */
const holdersOf = (members: readonly Member[], partitions: number): ReadonlyMap<number, Member> => {
  const holders = new Map<number, Member>();
  for (const member of members)
    for (const partition of member.held) {
      const other = holders.get(partition);
      if (partition < partitions && !(other && other.generation >= member.generation))
        holders.set(partition, member);
    }
  return holders;
};

/** How many partitions each member shall have: equal within one; those who hold most get the odd ones. */
const quotasOf = (
  members: readonly Member[],
  holdings: ReadonlyMap<string, readonly number[]>,
  partitions: number,
): ReadonlyMap<string, number> => {
  const size = ({ memberId }: Member): number => holdings.get(memberId)?.length ?? 0;
  const ranked = [...members].sort((one, other) => size(other) - size(one));
  const share = Math.floor(partitions / members.length);
  const odd = partitions % members.length;
  return new Map(ranked.map(({ memberId }, rank) => [memberId, share + (rank < odd ? 1 : 0)]));
};

/**
 * Shares partitions among members: within one of equal, moving as few as possible. What must move from one member to another is
 * for now given to nobody: its holder lets go of it and joins again, and then it is free. So two never hold the same.
 */
export const assign = (members: readonly Member[], partitions: number): Assignment => {
  const ordered = [...members].sort((one, other) => (one.memberId < other.memberId ? -1 : 1));
  const holders = holdersOf(ordered, partitions);
  const all = Array.from({ length: partitions }, (_, partition) => partition);
  const holdings = new Map(
    ordered.map((member) => [member.memberId, all.filter((at) => holders.get(at) === member)]),
  );
  const quotas = quotasOf(ordered, holdings, partitions);
  const quotaOf = ({ memberId }: Member): number => quotas.get(memberId) ?? 0;
  const kept = new Map(
    ordered.map((member) => [
      member.memberId,
      (holdings.get(member.memberId) ?? []).slice(0, quotaOf(member)),
    ]),
  );
  const staying = new Set([...kept.values()].flat());
  const moving = all
    .filter((at) => !staying.has(at))
    .sort((one, other) => {
      return Number(holders.has(one)) - Number(holders.has(other)) || one - other;
    });
  for (const member of ordered) {
    const mine = kept.get(member.memberId) ?? [];
    const given = moving.splice(0, quotaOf(member) - mine.length);
    mine.push(...given.filter((at) => !holders.has(at)));
  }
  return kept;
};
