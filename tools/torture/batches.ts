// `npm run torture:batches`: SIGKILLs while one call carries messages to hundreds of people, on Viber and on VK.
import { setTimeout as sleep } from 'node:timers/promises';
import { BATCH_CHANNELS, sharedMessage, type BatchChannel } from '../bench/batch-channels.ts';
import { addressesAt, checkBatches } from './batch-checks.ts';
import { RunBroken } from './broken.ts';
import { checkReadModels } from './checks.ts';
import { Figures } from './figures.ts';
import { runOptions, say } from './options.ts';
import { Random } from './random.ts';
import { quantile } from './seconds.ts';
import type { Row } from './stage.ts';
import { StandaloneStage } from './standalone-stage.ts';
import { StandIn } from './stand-in.ts';

const options = runOptions({ kills: 0 });
const random = new Random(options.seed);
const figures = new Figures();
/** At this rate a slice of 40 ms fills a call on Viber, and a request on VK holds several. */
const size = options.isFast
  ? { people: 2_000, kills: options.kills || 5, rate: 600 }
  : { people: 20_000, kills: options.kills || 50, rate: 7_500 };
const KILLS_OF_ROUND = 5;
/** Later kills of a round may meet requests made again: "too fast" would be a refusal of those, which leaves them in doubt. */
const FLOODS_OF_ROUND = 2;
const UNCAPPED = 100_000;
const MOVES_WITHIN_MS = 120_000;
/** Two windows, each of 0.4 s of the share and of four full calls at most. */
const mostSilent = (kills: number, { recipientsOfRequest }: BatchChannel): number =>
  kills * 2 * Math.min(Math.ceil(size.rate * 0.4), Math.max(500, 4 * recipientsOfRequest));

/** Answers that are lost or spoiled, whether the messages were accepted or not. */
const LOST = [
  { kind: 'reset_after' },
  { kind: 'bad_gateway', executed: true },
  { kind: 'garbage', executed: true },
  { kind: 'reset_before' },
  { kind: 'bad_gateway', executed: false },
] as const;
const FLOOD = { kind: 'flood' } as const;

/** One messenger under torture: its broadcast of the round, and how it went in all rounds. */
interface Side {
  readonly of: BatchChannel;
  readonly standIn: StandIn;
  readonly trouble: Map<string, number>;
  sent: number;
  recipients: number;
  requests: number;
  /** Kills while its requests arrived. */
  hit: number;
}

const sidesOf = (stage: StandaloneStage): readonly Side[] =>
  BATCH_CHANNELS.map((of) => ({
    of,
    standIn: new StandIn(stage.sandboxApp.url, of.channel),
    trouble: new Map(),
    sent: 0,
    recipients: 0,
    requests: 0,
    hit: 0,
  }));

const prepare = async (stage: StandaloneStage, sides: readonly Side[]): Promise<void> => {
  for (const { of, standIn } of sides) {
    const { channel, token, atSandbox, credentials } = of;
    await standIn.registerBot(token, atSandbox);
    await stage.api.write('PUT', `/v1/bots/${channel}`, {
      channel,
      name: channel,
      rate: size.rate,
      credentials,
      apiUrl: `${stage.sandboxApp.url}/${channel}`,
    });
  }
  const people = sides.flatMap(({ of: { channel, addressOf } }) =>
    Array.from({ length: size.people }, (_none, i) =>
      JSON.stringify({
        externalId: `${channel}-${i}`,
        tags: [channel],
        connections: [{ botId: channel, address: addressOf(i) }],
      }),
    ),
  );
  await stage.importFile(`${people.join('\n')}\n`, people.length, { type: 'application/x-ndjson' });
};

/** Every round others have blocked the bot; what is armed comes once, to whichever request is next. */
const arm = ({ standIn }: Side, round: number, deed?: object): Promise<void> =>
  standIn.trouble({
    latencyMs: 25,
    rules: [
      { id: 'blocked', share: { of: 25, is: round % 25 }, do: { kind: 'blocked' } },
      ...(deed === undefined ? [] : [{ times: 1, do: deed }]),
    ],
  });

const anyOf = <Item>(items: readonly Item[]): Item | undefined =>
  items[random.between(0, items.length - 1)];

const arrivedAt = (sides: readonly Side[]): Promise<readonly number[]> =>
  Promise.all(sides.map(async ({ standIn }) => (await standIn.counts()).requests));

interface Round {
  readonly number: number;
  readonly sides: readonly Side[];
  /** Of the broadcasts, in the order of the sides. */
  readonly ids: readonly string[];
}

/** Resolves when requests arrive. False: all was over first. */
const untilMoving = async (stage: StandaloneStage, { sides, ids }: Round): Promise<boolean> => {
  const before = await arrivedAt(sides);
  const isMoving = async (): Promise<boolean> =>
    (await arrivedAt(sides)).some((count, i) => count > (before[i] ?? 0));
  const startedAt = performance.now();
  while (!(await stage.within(500, isMoving))) {
    if (await isOver(stage, ids)) return false;
    if (performance.now() - startedAt > MOVES_WITHIN_MS)
      throw new RunBroken(`nothing was sent for ${MOVES_WITHIN_MS} ms`);
  }
  return true;
};

/** Lets some trouble come while requests arrive, and kills the process. False: all was over first. */
const killWhileSending = async (
  stage: StandaloneStage,
  round: Round,
  kills: number,
): Promise<boolean> => {
  if (!(await untilMoving(stage, round))) return false;
  const { sides } = round;
  await sleep(random.between(0, 250));
  const mayFlood = kills < FLOODS_OF_ROUND;
  for (const side of sides)
    await arm(side, round.number, mayFlood && random.next() < 0.25 ? FLOOD : anyOf(LOST));
  const armed = await arrivedAt(sides);
  await sleep(random.between(20, random.next() < 0.2 ? 1_500 : 250));
  const last = await arrivedAt(sides);
  await stage.kill();
  sides.forEach((side, i) => {
    if ((last[i] ?? 0) > (armed[i] ?? 0)) side.hit += 1;
  });
  await stage.start();
  return true;
};

const isOver = async (stage: StandaloneStage, ids: readonly string[]): Promise<boolean> => {
  const rows: readonly Row[] = await Promise.all(ids.map((id) => stage.row(id)));
  return rows.every(({ completedAt }) => completedAt !== null);
};

/** A broadcast on each channel to everybody there who can be reached still. Gives how often the process was killed. */
const oneRound = async (
  stage: StandaloneStage,
  sides: readonly Side[],
  { round, most }: { round: number; most: number },
): Promise<number> => {
  const planned: number[] = [];
  const ids: string[] = [];
  for (const side of sides) {
    const { channel } = side.of;
    const filter = { all: [{ status: 'enabled' }, { tag: channel }] };
    await side.standIn.forget();
    await arm(side, round);
    planned.push(await stage.count(filter));
    const draft = await stage.draft({
      name: `${channel} ${round}`,
      message: sharedMessage(`This is round ${round}.`),
      audience: { filter },
      settings: { speed: UNCAPPED },
    });
    ids.push(draft.id);
  }
  for (const id of ids) await stage.activate(id);
  let kills = 0;
  const running = { number: round, sides, ids };
  while (kills < most && (await killWhileSending(stage, running, kills))) kills += 1;
  // What the kills left in doubt is asked for again, where there are keys; the first such answer is lost once more.
  for (const side of sides) await arm(side, round, LOST[round % LOST.length]);
  for (const [i, side] of sides.entries()) {
    const id = ids[i] ?? '';
    side.sent += (await stage.completed(id)).sent;
    const record = await side.standIn.record();
    await checkBatches(stage, figures, {
      name: `round ${round}, ${side.of.channel}`,
      id,
      planned: planned[i] ?? 0,
      record,
      mostSilent: mostSilent(kills, side.of),
      isKeyed: side.of.channel === 'vk',
      addresses: await addressesAt(stage, side.of.channel),
    });
    await tally(side, record);
  }
  return kills;
};

const tally = async (side: Side, record: Awaited<ReturnType<StandIn['record']>>): Promise<void> => {
  side.recipients += record.length;
  side.requests += new Set(record.map(({ at }) => at)).size;
  const { duplicates, trouble } = await side.standIn.counts();
  figures.claim(`${side.of.channel}: duplicates at the messenger`, duplicates === 0, duplicates);
  for (const [kind, count] of Object.entries(trouble))
    side.trouble.set(kind, (side.trouble.get(kind) ?? 0) + count);
};

const report = (stage: StandaloneStage, sides: readonly Side[], kills: number): void => {
  figures.claim('kills', kills >= size.kills, kills);
  for (const { of, sent, recipients, requests, hit, trouble } of sides) {
    figures.claim(`${of.channel}: sent, in all rounds`, sent > 0, sent);
    figures.note(`${of.channel}: kills while its requests arrived`, hit);
    figures.note(
      `${of.channel}: recipients, requests, recipients of a request`,
      `${recipients}, ${requests}, ${(recipients / requests).toFixed(1)}`,
    );
    figures.note(`${of.channel}: trouble`, JSON.stringify(Object.fromEntries(trouble)));
    if (of.channel !== 'vk') continue;
    const repeated = trouble.get('repeated') ?? 0;
    figures.claim('vk: repeats that VK knew by their random_id', repeated > 0, repeated);
  }
  const ready = [0.5, 1].map((share) => Math.round(quantile(stage.readyMs, share)));
  figures.note('ready after a start, ms (p50, max)', ready.join(', '));
};

const torture = async (stage: StandaloneStage): Promise<void> => {
  const sides = sidesOf(stage);
  await prepare(stage, sides);
  let kills = 0;
  for (let round = 1; kills < size.kills && round <= size.kills; round += 1) {
    const most = Math.min(KILLS_OF_ROUND, size.kills - kills);
    kills += await oneRound(stage, sides, { round, most });
    say(`round ${round}: ${kills} kills, ${figures.violations.length} violations`);
  }
  await checkReadModels(stage, figures);
  report(stage, sides, kills);
};

const startedAt = performance.now();
say(`seed ${options.seed}`);
const stage = await StandaloneStage.open('batches');
say(`data in ${stage.directory}`);
try {
  await torture(stage);
} catch (error) {
  figures.claim('the run came to its end', false, String(error));
} finally {
  await stage.close(options.keep || !figures.isClean);
}
figures.note('seed', options.seed);
figures.note('seconds', Math.round((performance.now() - startedAt) / 1_000));
figures.print(options.isJson);
if (!figures.isClean) {
  console.error(`${figures.violations.length} violations. Logs and data: ${stage.directory}`);
  process.exitCode = 1;
}
