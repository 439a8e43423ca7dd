// `npm run torture:cluster`: the distributed deployment, while its processes and servers die and freeze.
import { checkBroadcast, checkReadModels } from './checks.ts';
import { ClusterStage } from './cluster-stage.ts';
import { Figures } from './figures.ts';
import { runOptions, say } from './options.ts';
import { Random } from './random.ts';
import { botToken, textOf, type Person } from './stage.ts';
import { Upsets, upsetsOf } from './upsets.ts';

const BOTS = ['a', 'b'] as const;
const options = runOptions();
const random = new Random(options.seed);
const figures = new Figures();
/** Slow enough that messages leave until the last upset. */
const size = options.isFast
  ? { people: 3_000, rate: 12, apps: 12, servers: 1 }
  : { people: 20_000, rate: 12, apps: 100, servers: 5 };
/** At most two windows of each lane are open when its owner dies (P2). */
const mostSilent = (upsets: number): number =>
  upsets * BOTS.length * 2 * Math.max(8, Math.ceil(size.rate * 0.4));

const people: readonly Person[] = Array.from({ length: size.people }, (_, i) => ({
  externalId: `p${i}`,
  botId: BOTS[i % 2] ?? 'a',
  chat: 1_000_000 + i,
  tags: [],
}));

const arrivals = async (stage: ClusterStage): Promise<ReadonlyMap<string, readonly number[]>> =>
  new Map(
    await Promise.all(
      BOTS.map(async (id) => [id, await stage.sandbox.starts(botToken(id))] as const),
    ),
  );

const torture = async (stage: ClusterStage): Promise<void> => {
  await stage.addBots(BOTS, size.rate);
  await stage.importPeople(people);
  const upsets = new Upsets(stage, random);
  const { id } = await stage.draft({
    name: 'A',
    message: textOf('This is A.'),
    settings: { speed: 100_000 },
  });
  await stage.activate(id);
  await stage.until(id, ({ sent }) => sent > 0);
  for (const upset of upsetsOf(size, random)) {
    await upsets.next(upset);
    if (upsets.count % 10 !== 0) continue;
    const { sent, unconfirmed, waiting, status } = await stage.row(id);
    say(
      `${upsets.count} upsets: ${status}, sent ${sent}, unconfirmed ${unconfirmed}, waiting ${waiting}`,
    );
  }
  await stage.completed(id);
  const hashes = [...new Set((await stage.sandbox.record()).map(({ contentHash }) => contentHash))];
  await checkBroadcast(stage, figures, {
    name: 'A',
    id,
    planned: size.people,
    hashes,
    mostSilent: mostSilent(upsets.count),
  });
  upsets.report(figures, await arrivals(stage));
  await checkReadModels(stage, figures);
  figures.note('requests repeated by the client', stage.api.repeats);
};

const startedAt = performance.now();
say(`cluster, seed ${options.seed}`);
const stage = await ClusterStage.open('cluster');
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
process.exit();
