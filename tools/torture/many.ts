// `npm run torture:many`: many broadcasts at 25 a second each, all at once, on the distributed deployment.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { busiest, processesOf, Usage, type Span } from '../cluster/usage.ts';
import { eventsWithin } from './appends.ts';
import { ClusterStage } from './cluster-stage.ts';
import { crowdOf } from './crowd.ts';
import { Figures } from './figures.ts';
import { IdleTimer, noteLateness } from './idle-timer.ts';
import { runOptions, say } from './options.ts';
import { busiestSecond, quantile, shortestOf } from './seconds.ts';
import { textOf } from './stage.ts';

const SPEED = 25;
const BOT_RATE = 60;
const LEAST_SHARE = 0.99;
const LEAD_IN_MS = 2_000;
const IMPORTED_WITHIN_MS = 300_000;
const LOOK_EVERY_MS = 2_000;

const given = runOptions({ broadcasts: 0, seconds: 0, slack: 0, offset: 940, dispatchers: 2 });
const broadcasts = given.broadcasts || (given.isFast ? 10 : 100);
const steadySeconds = given.seconds || (given.isFast ? 20 : 60);
/** Seconds for which the first to begin sends alone, until the last has begun too. */
const slackSeconds = given.slack || (given.isFast ? 10 : 20);
const recipients = SPEED * (steadySeconds + slackSeconds);
const crowd = crowdOf(broadcasts, recipients);
const figures = new Figures();

const begin = async (stage: ClusterStage): Promise<readonly string[]> => {
  const ids = await Promise.all(
    crowd.broadcasts.map(async ({ name, audience }) => {
      const draft = await stage.draft({
        name,
        message: textOf(`This is ${name}.`),
        audience,
        settings: { speed: SPEED },
      });
      return draft.id;
    }),
  );
  await Promise.all(ids.map((id) => stage.activate(id)));
  return ids;
};

const untilAllArrived = async (stage: ClusterStage): Promise<void> => {
  const expected = broadcasts * recipients;
  let before = -1;
  for (;;) {
    const { requests } = await stage.sandbox.counts();
    say(`${requests} of ${expected}`);
    if (requests >= expected) return;
    // What has stood still for so long will not come; the claims below say what is missing.
    if (requests === before && !(await stage.within(20_000, movesFrom(stage, requests)))) return;
    before = requests;
    await sleep(LOOK_EVERY_MS);
  }
};

const movesFrom = (stage: ClusterStage, requests: number) => async (): Promise<boolean> =>
  (await stage.sandbox.counts()).requests > requests;

/** Arrivals of each broadcast: nobody's text is another's. */
const arrivalsOf = async (stage: ClusterStage): Promise<readonly (readonly number[])[]> => {
  const arrivals = new Map<string, number[]>();
  for (const { contentHash, at } of await stage.sandbox.record()) {
    const own = arrivals.get(contentHash);
    if (own) own.push(at);
    else arrivals.set(contentHash, [at]);
  }
  return [...arrivals.values()];
};

const latest = (times: readonly number[]): number =>
  times.reduce((most, at) => Math.max(most, at), 0);
const earliest = (times: readonly number[]): number =>
  times.reduce((least, at) => Math.min(least, at), Infinity);

/** When all were sending: from shortly after the last began. */
const steadyOf = (arrivals: readonly (readonly number[])[]): Span => {
  const from = latest(arrivals.map(earliest)) + LEAD_IN_MS;
  return { from, until: from + steadySeconds * 1_000 };
};

const checkPaces = (arrivals: readonly (readonly number[])[], { from, until }: Span): void => {
  const shares = arrivals.map((times) => {
    const count = times.filter((at) => at >= from && at < until).length;
    return count / (SPEED * steadySeconds);
  });
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const slow = shares.filter((share) => share < LEAST_SHARE).length;
  figures.note(
    'pace of a broadcast (least, median, most)',
    [0, 0.5, 1].map((at) => percent(quantile(shares, at))).join(', '),
  );
  figures.claim('broadcasts below 99 % of their pace', slow === 0, slow);
  const seconds = arrivals.map(busiestSecond);
  const crowded = seconds.filter((most) => most > SPEED + 1).length;
  figures.note(
    'busiest sliding second of a broadcast (median, most)',
    `${quantile(seconds, 0.5)}, ${quantile(seconds, 1)}`,
  );
  figures.claim('broadcasts with a sliding second above 26', crowded === 0, crowded);
  const tight = arrivals.map((times) => {
    const { ms, from: at } = shortestOf(times, SPEED + 2);
    return { ms, sinceFirst: (at - earliest(times)) / 1_000 };
  });
  const [tightest] = tight.sort((one, other) => one.ms - other.ms);
  figures.note(
    'the shortest time with 27 starts',
    `${(tightest?.ms ?? 0).toFixed(1)} ms, ${(tightest?.sinceFirst ?? 0).toFixed(1)} s after the first`,
  );
  const within = arrivals.map((times) =>
    busiestSecond(times.filter((at) => at >= from && at < until)),
  );
  figures.note(
    'busiest sliding second in the steady time (median, most)',
    `${quantile(within, 0.5)}, ${quantile(within, 1)}`,
  );
};

const noteLoad = (stage: ClusterStage, usage: Usage, steady: Span): void => {
  const root = join(stage.directory, 'cluster');
  const events = eventsWithin(join(root, 'eventstoredb/events.db'), steady);
  const perSecond = (count: number): string => (count / steadySeconds).toFixed(1);
  const total = [...events.values()].reduce((sum, count) => sum + count, 0);
  const types = [...events].map(([type, count]) => `${type} ${perSecond(count)}`);
  figures.note('events appended a second', `${perSecond(total)} (${types.join(', ')})`);
  figures.note('cores used', busiest(usage, steady));
  figures.note('cores used by others', usage.coresOfOthers(steady).toFixed(2));
};

const torture = async (stage: ClusterStage): Promise<void> => {
  await stage.addBots(crowd.bots, BOT_RATE);
  say(`importing ${crowd.people.length} people`);
  await stage.importFile(`${crowd.people.join('\n')}\n`, crowd.people.length, {
    type: 'application/x-ndjson',
    withinMs: IMPORTED_WITHIN_MS,
  });
  const usage = new Usage([
    ...processesOf(stage.cluster),
    { name: 'sandbox', pid: () => stage.sandboxApp.pid },
    { name: 'this tool', pid: () => process.pid },
  ]);
  say(`activating ${broadcasts} broadcasts of ${recipients} recipients`);
  const activatedAt = Date.now();
  const ids = await begin(stage);
  const idle = new IdleTimer();
  await untilAllArrived(stage);
  usage.stop();
  noteLateness(figures, await idle.stop());

  const arrivals = await arrivalsOf(stage);
  const steady = steadyOf(arrivals);
  const begun = arrivals.map((times) => earliest(times) - activatedAt);
  figures.note(
    'first message after activating began, ms (first, median, last)',
    [0, 0.5, 1].map((at) => Math.round(quantile(begun, at))).join(', '),
  );
  figures.claim('broadcasts that sent', arrivals.length === broadcasts, arrivals.length);
  const all = arrivals.flat();
  const within = all.filter((at) => at >= steady.from && at < steady.until).length;
  figures.note('messages a second while all were sending', (within / steadySeconds).toFixed(1));
  const shortest = earliest(arrivals.map(latest)) - steady.from;
  figures.claim(
    `all were sending for ${steadySeconds} s`,
    shortest >= steadySeconds * 1_000,
    `${(shortest / 1_000).toFixed(1)} s`,
  );
  checkPaces(arrivals, steady);
  noteLoad(stage, usage, steady);
  const { duplicates, accepted } = await stage.sandbox.counts();
  figures.claim('nobody got it twice', duplicates === 0, duplicates);
  const rows = await Promise.all(ids.map((id) => stage.completed(id)));
  const sent = rows.reduce((sum, row) => sum + row.sent, 0);
  figures.claim('everybody got it', sent === broadcasts * recipients && sent === accepted, sent);
};

say(`${broadcasts} broadcasts at ${SPEED}/s over ${crowd.bots.length} bots`);
const stage = await ClusterStage.open('many', {
  offset: given.offset,
  copies: { 'dispatcher-telegram': given.dispatchers },
});
say(`data in ${stage.directory}`);
try {
  await torture(stage);
} catch (error) {
  figures.claim('the run came to its end', false, String(error));
} finally {
  await stage.close(given.keep || !figures.isClean);
}
figures.note(
  'broadcasts, bots, recipients of each',
  `${broadcasts}, ${crowd.bots.length}, ${recipients}`,
);
figures.print(given.isJson);
if (!figures.isClean) {
  console.error(`${figures.violations.length} violations. Logs and data: ${stage.directory}`);
  process.exitCode = 1;
}
process.exit();
