import { setTimeout as sleep } from 'node:timers/promises';
import { Figures } from './figures.ts';
import { IdleTimer, noteLateness } from './idle-timer.ts';
import { runOptions, say } from './options.ts';
import { busiestSecond, longestPause, perFiveSeconds, shortestOf } from './seconds.ts';
import { botToken, textOf, type Person } from './stage.ts';
import { StandaloneStage } from './standalone-stage.ts';

const SPEED = 25;
const STALL_MS = 3_000;
const TAIL_MS = 5_000;
const BOT_RATE = 30;
const options = runOptions();
const figures = new Figures();
const seconds = options.isFast
  ? { paced: 60, shared: 15, flood: 6 }
  : { paced: 120, shared: 40, flood: 15 };

const peopleOf = (count: number, bots: readonly string[], first: number, tag: string): Person[] =>
  Array.from({ length: count }, (_, i) => ({
    externalId: `${tag}${i}`,
    botId: bots[i % bots.length] ?? '',
    chat: first + i,
    tags: [tag],
  }));

const broadcast = (name: string, tag: string, speed: number) => ({
  name,
  message: textOf(`This is ${name}.`),
  audience: { filter: { all: [{ status: 'enabled' }, { tag }] } },
  settings: { speed },
});

/** 25 a second over two bots, the whole process standing still for three seconds in the middle. */
const pacedThroughStall = async (stage: StandaloneStage): Promise<void> => {
  const planned = SPEED * (seconds.paced - STALL_MS / 1_000);
  await stage.importPeople(peopleOf(planned, ['a', 'b'], 1_000_000, 'paced'));
  await stage.sandbox.forget();
  const { id } = await stage.draft(broadcast('Paced', 'paced', SPEED));
  const idle = new IdleTimer();
  await stage.activate(id);
  await sleep((seconds.paced / 2) * 1_000);
  say('the process stands still for 3 s');
  stage.crier.signal('SIGSTOP');
  await sleep(STALL_MS);
  stage.crier.signal('SIGCONT');
  await stage.completed(id);
  noteLateness(figures, await idle.stop());

  const starts = await stage.sandbox.starts();
  const first = Math.min(...starts);
  const stallMs = longestPause(starts);
  // At the end one lane is done a moment before the other; what that costs is seen in the figures of each 5 s.
  const steady = starts.filter((at) => at < Math.max(...starts) - TAIL_MS);
  const activeMs = Math.max(...steady) - first - stallMs + 1_000 / SPEED;
  const rate = (steady.length - 1) / (activeMs / 1_000);
  figures.claim('25/s: all sent', starts.length === planned, starts.length);
  const busiest = busiestSecond(starts);
  figures.claim('25/s: starts in the busiest sliding second (≤ 26)', busiest <= SPEED + 1, busiest);
  const tight = shortestOf(starts, SPEED + 2);
  const sinceBegin = ((tight.from - first) / 1_000).toFixed(1);
  figures.note(
    '25/s: the shortest time with 27 starts',
    `${tight.ms.toFixed(1)} ms, ${sinceBegin} s after the first`,
  );
  figures.note('25/s: starts in each 5 s', perFiveSeconds(starts).join(' '));
  figures.note('25/s: the stall, ms', Math.round(stallMs));
  figures.claim(
    '25/s: rate outside the stall and the last 5 s (≥ 24.75)',
    rate >= SPEED * 0.99,
    rate.toFixed(2),
  );
  const after = starts.filter((at) => at > first + (seconds.paced / 2) * 1_000 + STALL_MS);
  figures.claim(
    '25/s: no burst after the stall (≤ 26)',
    busiestSecond(after.slice(0, 200)) <= SPEED + 1,
    busiestSecond(after.slice(0, 200)),
  );
};

/** Two broadcasts want more than their one bot can do. */
const sharedFairly = async (stage: StandaloneStage): Promise<void> => {
  const each = BOT_RATE * seconds.shared;
  await stage.importPeople(peopleOf(each, ['c'], 2_000_000, 'left'));
  await stage.importPeople(peopleOf(each, ['c'], 3_000_000, 'right'));
  await stage.sandbox.forget();
  const left = await stage.draft(broadcast('Left', 'left', SPEED));
  const right = await stage.draft(broadcast('Right', 'right', SPEED));
  await Promise.all([stage.activate(left.id), stage.activate(right.id)]);
  await sleep(3_000);
  const from = Date.now();
  await sleep((seconds.shared - 5) * 1_000);
  const until = Date.now();
  await Promise.all([stage.act(left.id, 'stop'), stage.act(right.id, 'stop')]);

  const record = (await stage.sandbox.record()).filter(({ at }) => at >= from && at < until);
  const ofLeft = record.filter(({ chat }) => chat < 3_000_000).length / record.length;
  figures.claim(
    'one bot, two broadcasts: the share of one (40–60 %)',
    ofLeft >= 0.4 && ofLeft <= 0.6,
    `${(ofLeft * 100).toFixed(1)} %`,
  );
  const rate = record.length / ((until - from) / 1_000);
  figures.claim(
    `one bot, two broadcasts: together (≤ ${BOT_RATE}/s)`,
    rate <= BOT_RATE * 1.02 && rate >= BOT_RATE * 0.9,
    rate.toFixed(2),
  );
  const busiest = busiestSecond(record.map(({ at }) => at));
  figures.claim(
    `one bot: starts in the busiest second (≤ ${BOT_RATE + 2})`,
    busiest <= BOT_RATE + 2,
    busiest,
  );
};

/** The messenger says "too fast": the bot waits, nobody is lost, nobody failed. */
const pausedByFlood = async (stage: StandaloneStage): Promise<void> => {
  const planned = SPEED * seconds.flood;
  const people = peopleOf(planned, ['d'], 4_000_000, 'flood');
  await stage.importPeople(people);
  await stage.sandbox.forget();
  const chat = people[Math.floor(planned / 2)]?.chat ?? 0;
  const retryAfter = 3;
  await stage.sandbox.trouble({
    rules: [{ bot: botToken('d'), chat, times: 1, do: { kind: 'flood', retryAfter } }],
  });
  const { id } = await stage.draft(broadcast('Flood', 'flood', SPEED));
  await stage.activate(id);
  const row = await stage.completed(id);
  const record = await stage.sandbox.record();
  const flooded = record.find(({ status }) => status === 429);
  const early = record.filter(
    ({ at }) => at > (flooded?.at ?? 0) + 100 && at < (flooded?.at ?? 0) + retryAfter * 1_000,
  );
  figures.claim(
    '429: the sandbox said it',
    flooded !== undefined,
    flooded === undefined ? 'no' : 'yes',
  );
  figures.claim(
    '429: no request of the bot until retry_after is over',
    early.length === 0,
    early.length,
  );
  figures.claim(
    '429: nobody failed',
    row.failed + row.unconfirmed + row.skipped === 0,
    row.failed + row.unconfirmed + row.skipped,
  );
  figures.claim(
    '429: everybody got it once',
    row.sent === planned && record.filter((one) => one.accepted).length === planned,
    row.sent,
  );
};

say('pacing');
const stage = await StandaloneStage.open('pacing');
try {
  await stage.addBots(['a', 'b', 'c', 'd'], BOT_RATE);
  await pacedThroughStall(stage);
  await sharedFairly(stage);
  await pausedByFlood(stage);
} catch (error) {
  figures.claim('the run came to its end', false, String(error));
} finally {
  stage.crier.signal('SIGCONT');
  await stage.close(options.keep || !figures.isClean);
}
figures.print(options.isJson);
if (!figures.isClean) {
  console.error(`${figures.violations.length} violations. Logs and data: ${stage.directory}`);
  process.exitCode = 1;
}
