import { RunBroken } from './broken.ts';
import { Bystanders } from './bystanders.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { Figures } from './figures.ts';
import { runOptions, say } from './options.ts';
import { quantile } from './seconds.ts';
import { Random } from './random.ts';
import { ClusterStage } from './cluster-stage.ts';
import { botToken, textOf, type Person, type Stage } from './stage.ts';
import { StandaloneStage } from './standalone-stage.ts';

const BOTS = ['a', 'b'] as const;
const RATE = 1_000;
const options = runOptions({ others: 0, offset: 700 });
const random = new Random(options.seed);
const figures = new Figures();
const rounds = options.isFast ? 5 : 50;

const people: readonly Person[] = Array.from({ length: 4_000 }, (_, i) => ({
  externalId: `p${i}`,
  botId: BOTS[i % 2] ?? 'a',
  chat: 1_000_000 + i,
  tags: i % 20 === 0 ? ['many', 'some'] : ['many'],
}));
const everybody = { filter: { all: [{ status: 'enabled' }, { tag: 'many' }] } };

const draft = async (stage: Stage, name: string, more: object = {}): Promise<string> => {
  const settings = { speed: 100_000 };
  const message = textOf(`This is ${name}.`);
  return (await stage.draft({ name, message, settings, audience: everybody, ...more })).id;
};

const lastRequestAt = async (stage: Stage): Promise<number> => {
  const starts = await Promise.all(BOTS.map((id) => stage.sandbox.starts(botToken(id))));
  return Math.max(...starts.map((times) => times.at(-1) ?? 0));
};

/** What the bots of the broadcasts that are stopped asked of the messenger; others may be at work beside them. */
const ownCounts = async (stage: Stage): Promise<{ requests: number; accepted: number }> => {
  const { perBot } = await stage.sandbox.counts();
  const own = BOTS.map((id) => perBot[botToken(id)] ?? { requests: 0, accepted: 0 });
  return {
    requests: own.reduce((sum, { requests }) => sum + requests, 0),
    accepted: own.reduce((sum, { accepted }) => sum + accepted, 0),
  };
};

const untilRequests = async (stage: Stage, count: number): Promise<void> => {
  const isReached = async () => (await ownCounts(stage)).requests >= count;
  if (!(await stage.within(30_000, isReached))) throw new RunBroken(`no ${count} requests in 30 s`);
};

/** Milliseconds from sending the stop to the last request that still arrived. */
const stopOnce = async (stage: Stage, round: number): Promise<number> => {
  await stage.sandbox.forget();
  const id = await draft(stage, `Stop ${round}`);
  await stage.activate(id);
  await untilRequests(stage, random.between(50, 800));
  const sentAt = Date.now();
  await stage.act(id, 'stop');
  const row = await stage.completed(id);
  await sleep(300);
  const isStopped = row.status === 'stopped' && row.skipped > 0;
  if (!isStopped)
    figures.claim(`round ${round}: stopped at full speed`, false, JSON.stringify(row));
  const counts = await ownCounts(stage);
  if (row.sent !== counts.accepted)
    figures.claim(`round ${round}: sent = accepted`, false, `${row.sent}, ${counts.accepted}`);
  return Math.max(0, (await lastRequestAt(stage)) - sentAt);
};

const stops = async (stage: Stage): Promise<void> => {
  const late: number[] = [];
  for (let round = 0; round < rounds; round += 1) late.push(await stopOnce(stage, round));
  const of = (share: number) => Math.round(quantile(late, share));
  figures.note(
    `last request after the stop was sent, ms (p50, p99) of ${rounds}`,
    `${of(0.5)}, ${of(0.99)}`,
  );
  figures.claim(
    'last request after the stop was sent, ms (max ≤ 1000)',
    Math.max(...late) <= 1_000,
    of(1),
  );
};

/** What waits at a hold goes on waiting, and goes out once after the resume. */
const holds = async (stage: Stage): Promise<void> => {
  await stage.sandbox.forget();
  const id = await draft(stage, 'Hold');
  await stage.activate(id);
  await untilRequests(stage, 400);
  const sentAt = Date.now();
  await stage.act(id, 'hold');
  await sleep(1_200);
  const quiet = (await ownCounts(stage)).requests;
  figures.claim(
    'hold: last request after the hold was sent, ms (≤ 1000)',
    (await lastRequestAt(stage)) - sentAt <= 1_000,
    Math.round((await lastRequestAt(stage)) - sentAt),
  );
  await sleep(1_500);
  const held = await stage.row(id);
  figures.claim(
    'hold: nothing leaves while held',
    (await ownCounts(stage)).requests === quiet,
    quiet,
  );
  figures.claim('hold: the rest waits', held.status === 'held' && held.waiting > 0, held.waiting);
  await stage.act(id, 'resume');
  const row = await stage.completed(id);
  const { duplicates } = await stage.sandbox.counts();
  figures.claim('resume: everybody got it', row.sent === people.length, row.sent);
  figures.claim('resume: nobody twice', duplicates === 0, duplicates);
};

/** Who blocked the bot, and came back, is tried again at the same place; nobody else is. */
const retries = async (stage: Stage): Promise<void> => {
  await stage.sandbox.forget();
  const some = people.filter(({ tags }) => tags.includes('some'));
  const gone = some.slice(0, 50);
  const chat = gone.map((one) => one.chat);
  await stage.sandbox.trouble({ rules: [{ chat, do: { kind: 'blocked' } }] });
  const filter = { all: [{ status: 'enabled' }, { tag: 'some' }] };
  const id = await draft(stage, 'Retry', { audience: { filter } });
  await stage.activate(id);
  const first = await stage.completed(id);
  figures.claim('before the retry: failed', first.failed === gone.length, first.failed);
  await stage.sandbox.trouble({ rules: [] });
  // Telegram tells moments in whole seconds, and an older status never wins.
  await sleep(1_100);
  const back = gone.slice(0, 40);
  for (const one of back) await stage.sandbox.update(botToken(one.botId), one.chat, 'unblock');
  const reachable = some.length - gone.length + back.length;
  const isBack = await stage.within(5_000, async () => (await stage.count(filter)) === reachable);
  figures.claim('who came back is reachable again', isBack, reachable);

  await stage.act(id, 'retry', { what: 'failed' });
  const row = await stage.until(id, ({ waiting, failed }) => waiting + failed === 0, 30_000);
  const { duplicates } = await stage.sandbox.counts();
  const { accepted } = await ownCounts(stage);
  const sent = first.sent + back.length;
  figures.claim('retry failed: who came back got it', row.sent === sent, row.sent);
  figures.claim('retry failed: who did not is skipped', row.skipped === 10, row.skipped);
  figures.claim('retry failed: sent = accepted', row.sent === accepted, accepted);
  figures.claim('retry failed: nobody twice', duplicates === 0, duplicates);
};

say(`stopping, seed ${options.seed}`);
const stage: Stage = options.isCluster
  ? await ClusterStage.open('stopping', { offset: options.offset })
  : await StandaloneStage.open('stopping');
try {
  await stage.addBots(BOTS, RATE);
  await stage.importPeople(people);
  await stage.sandbox.trouble({ rules: [], latencyMs: 20 });
  const slow = await Bystanders.start(stage, options.others);
  await stops(stage);
  await slow.report(figures);
  await holds(stage);
  await retries(stage);
} catch (error) {
  figures.claim('the run came to its end', false, String(error));
} finally {
  await stage.close(options.keep || !figures.isClean);
}
figures.note('seed', options.seed);
figures.print(options.isJson);
if (!figures.isClean) {
  console.error(`${figures.violations.length} violations. Logs and data: ${stage.directory}`);
  process.exitCode = 1;
}
