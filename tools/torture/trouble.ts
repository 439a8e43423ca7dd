import type { Random } from './random.ts';
import type { Person } from './stage.ts';

/** How many chats of each kind of bad luck there are among 1,000 people. */
const PER_THOUSAND = {
  flood: 2,
  serverError: 2,
  gatewayDone: 3,
  garbageDone: 3,
  resetAfter: 4,
  timeoutAfter: 0.2,
  resetBefore: 3,
  badGateway: 3,
} as const;

/** The same bad luck for the same seed: some block the bot, some answers get lost, some are nonsense, some say "too fast". */
export const troublePlan = (people: readonly Person[], random: Random): object => {
  const count = (perThousand: number) =>
    Math.max(2, Math.round((people.length * perThousand) / 1_000));
  const total = Object.values(PER_THOUSAND).reduce((sum, one) => sum + count(one), 0);
  const unlucky = [
    ...random.some(
      people.map(({ chat }) => chat),
      total,
    ),
  ];
  const take = (perThousand: number) => unlucky.splice(0, count(perThousand));
  const floods = take(PER_THOUSAND.flood);
  const errors = take(PER_THOUSAND.serverError);
  return {
    latencyMs: 25,
    rules: [
      { id: 'blocked', share: { of: 25, is: 7 }, do: { kind: 'blocked' } },
      { id: 'flood', chat: floods, times: floods.length, do: { kind: 'flood', retryAfter: 1 } },
      { chat: errors, times: errors.length, do: { kind: 'server_error', executed: false } },
      { chat: take(PER_THOUSAND.gatewayDone), do: { kind: 'bad_gateway', executed: true } },
      { chat: take(PER_THOUSAND.garbageDone), do: { kind: 'garbage', executed: true } },
      { chat: take(PER_THOUSAND.resetAfter), do: { kind: 'reset_after' } },
      { chat: take(PER_THOUSAND.timeoutAfter), do: { kind: 'timeout_after' } },
      { chat: take(PER_THOUSAND.resetBefore), do: { kind: 'reset_before' } },
      { chat: take(PER_THOUSAND.badGateway), do: { kind: 'bad_gateway', executed: false } },
    ],
  };
};
