import { setTimeout as sleep } from 'node:timers/promises';
import { checkBroadcast, checkReadModels, type Expected } from './checks.ts';
import { Figures } from './figures.ts';
import { Killer } from './killer.ts';
import { runOptions, say } from './options.ts';
import { Random } from './random.ts';
import type { Entry } from './sandbox-api.ts';
import { textOf, type Person, type Stage } from './stage.ts';
import { StandaloneStage } from './standalone-stage.ts';
import { troublePlan } from './trouble.ts';

const BOTS = ['a', 'b'] as const;
const options = runOptions();
const random = new Random(options.seed);
const figures = new Figures();
const size = options.isFast
  ? { people: 4_000, slow: 400, stopped: 800, kills: 10, rate: 200 }
  : { people: 20_000, slow: 1_500, stopped: 3_000, kills: 50, rate: 200 };
/** At most two windows of each lane are open when the process dies (P2). */
const mostSilent = (kills: number, share: number): number =>
  kills * BOTS.length * 2 * Math.max(8, Math.ceil(share * 0.4));

const people: readonly Person[] = Array.from({ length: size.people }, (_, i) => ({
  externalId: `p${i}`,
  botId: BOTS[i % 2] ?? 'a',
  chat: 1_000_000 + i,
  tags: i < size.slow ? ['slow'] : i < size.slow + size.stopped ? ['stopped'] : [],
}));
const everybody = { all: [{ status: 'enabled' }] };
const tagged = (tag: string) => ({ all: [{ status: 'enabled' }, { tag }] });

/** The hashes seen at these chats and not known yet: those of the broadcast that has just begun. */
const newHashes = (record: readonly Entry[], known: ReadonlySet<string>): readonly string[] => [
  ...new Set(record.map(({ contentHash }) => contentHash).filter((hash) => !known.has(hash))),
];

const known = new Set<string>();
const hashesOfTheNew = async (stage: Stage): Promise<readonly string[]> => {
  const hashes = newHashes(await stage.sandbox.record(), known);
  for (const hash of hashes) known.add(hash);
  return hashes;
};

const killedThrough = async (
  stage: StandaloneStage,
  killer: Killer,
  plan: {
    name: string;
    filter: object;
    speed: number;
    texts: string[];
    livesMs: number;
  },
): Promise<Expected> => {
  const { name, filter, speed, texts } = plan;
  const { id } = await stage.draft({
    name,
    message: textOf(...texts),
    audience: { filter },
    settings: { speed },
  });
  // Those who blocked a bot in an earlier broadcast are no longer counted.
  const planned = await stage.count(filter);
  say(`${name}: ${planned} recipients, ${size.kills} kills`);
  const before = killer.kills;
  killer.livesMs = plan.livesMs;
  await killer.duringCommand(() => stage.activate(id), 250);
  while (killer.kills - before < size.kills) {
    const row = await killer.next(id, size.kills - (killer.kills - before));
    if ((killer.kills - before) % 10 === 0)
      say(`${name}: ${killer.kills - before} kills, ${row.waiting} wait, ${row.status}`);
  }
  await stage.completed(id);
  const share = Math.min(speed / BOTS.length, size.rate);
  const most = mostSilent(killer.kills - before, share);
  return { name, id, planned, hashes: await hashesOfTheNew(stage), mostSilent: most };
};

/** A broadcast that is stopped at full speed, the process dying under the stop. */
const stoppedOne = async (stage: StandaloneStage, killer: Killer): Promise<Expected> => {
  const name = 'C, stopped';
  const filter = tagged('stopped');
  const planned = await stage.count(filter);
  const { id } = await stage.draft({
    name,
    message: textOf('This is C.'),
    audience: { filter },
    settings: { speed: 100_000 },
  });
  await stage.activate(id);
  await stage.until(id, ({ sent }) => sent > 0);
  await killer.duringCommand(() => stage.act(id, 'stop'), 30);
  await stage.completed(id);
  const hashes = await hashesOfTheNew(stage);
  return { name, id, planned, hashes, mostSilent: mostSilent(1, size.rate) };
};

const torture = async (stage: StandaloneStage): Promise<void> => {
  await stage.addBots(BOTS, size.rate);
  await stage.importPeople(people);
  await stage.sandbox.trouble(troublePlan(people, random));
  const killer = new Killer(stage, random);

  const broadcasts: Expected[] = [
    await killedThrough(stage, killer, {
      name: 'A, uncapped',
      filter: everybody,
      speed: 100_000,
      texts: ['This is A.'],
      livesMs: 1_000,
    }),
    await killedThrough(stage, killer, {
      name: 'B, 25/s',
      filter: tagged('slow'),
      speed: 25,
      texts: ['This is B.', 'And its second part.'],
      livesMs: 3_500,
    }),
    await stoppedOne(stage, killer),
  ];
  const { trouble } = await stage.sandbox.counts();
  for (const each of broadcasts) await checkBroadcast(stage, figures, each);

  // Without the trouble, those who failed are tried again; whoever was refused as blocked is blocked for Crier now, and skipped.
  await stage.sandbox.trouble({ rules: [] });
  const [first] = broadcasts;
  if (first) {
    await killer.duringCommand(() => stage.act(first.id, 'retry', { what: 'failed' }), 30);
    await sleep(500);
    await stage.completed(first.id);
    await checkBroadcast(stage, figures, { ...first, name: 'A, after "retry failed"' });
  }
  const final = await stage.sandbox.counts();
  figures.claim('sandbox: duplicates', final.duplicates === 0, final.duplicates);
  await checkReadModels(stage, figures);
  killer.report(figures);
  figures.note(
    'sandbox: requests, accepted, 429',
    `${final.requests}, ${final.accepted}, ${final.flooded}`,
  );
  figures.note('sandbox: trouble', JSON.stringify(trouble));
  figures.note('requests repeated by the client', stage.api.repeats);
};

const startedAt = performance.now();
say(`seed ${options.seed}`);
const stage = await StandaloneStage.open('torture');
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
