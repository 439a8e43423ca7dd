/** Many broadcasts over few bots: half of them leave through one bot, half through two. */
export interface Crowd {
  readonly bots: readonly string[];
  /** Lines of NDJSON as an import takes them. */
  readonly people: readonly string[];
  readonly broadcasts: readonly {
    readonly name: string;
    readonly audience: { readonly filter: object; readonly route: { bots: readonly string[] } };
  }[];
}

const FIRST_CHAT = 1_000_000;
/** Bots that the same people know. */
const BOTS_OF_PERSON = 5;

interface Shape {
  readonly groups: number;
  readonly slots: number;
  readonly each: number;
}

const botOf = (group: number, slot: number): string => `m${group}-${slot}`;

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

const peopleOf = (group: number, { groups, slots, each }: Shape): readonly string[] =>
  upTo(each).map((i) =>
    JSON.stringify({
      externalId: `p${group}-${i}`,
      tags: [`one${group}`, `two${i < each / 2 ? group : (group + groups - 1) % groups}`],
      connections: upTo(slots).map((slot) => ({
        botId: botOf(group, slot),
        address: String(FIRST_CHAT + group * each + i),
      })),
    }),
  );

const audienceOf = (tag: string, bots: readonly string[]) => ({
  filter: { all: [{ status: 'enabled' }, { tag }] },
  route: { bots },
});

/**
 * Two broadcasts for each bot, with `each` recipients: one to all people of the bot, one to half of them and half of another
 * bot's people. So each bot sends for three: one whole broadcast and two halves. `each` is even.
 */
export const crowdOf = (broadcasts: number, each: number): Crowd => {
  const groups = Math.max(2, Math.ceil(broadcasts / 2 / BOTS_OF_PERSON));
  const slots = Math.ceil(broadcasts / 2 / groups);
  const all = upTo(groups * slots).map((bot) => [bot % groups, Math.floor(bot / groups)] as const);
  const audiences = all.flatMap(([group, slot]) => {
    const own = botOf(group, slot);
    const next = botOf((group + 1) % groups, slot);
    return [audienceOf(`one${group}`, [own]), audienceOf(`two${group}`, [own, next])];
  });
  return {
    bots: all.map(([group, slot]) => botOf(group, slot)),
    people: upTo(groups).flatMap((group) => peopleOf(group, { groups, slots, each })),
    broadcasts: audiences
      .slice(0, broadcasts)
      .map((audience, i) => ({ name: `Many ${i}`, audience })),
  };
};
