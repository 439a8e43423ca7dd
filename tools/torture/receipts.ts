// `npm run torture:receipts`: 100,000 receipts at once, a third of them told before, while another broadcast keeps its pace.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { busiest, processesOf, Usage, type Span, type Watched } from '../cluster/usage.ts';
import { ClusterStage } from './cluster-stage.ts';
import { Figures } from './figures.ts';
import { IdleTimer } from './idle-timer.ts';
import { runOptions, say } from './options.ts';
import { Random } from './random.ts';
import { RECEIPT_EVENTS, recordedIn } from './receipt-lags.ts';
import { checkPace, SPEED } from './storm-pace.ts';
import { checkPeople, checkSums, type Reacted } from './storm-sums.ts';
import { Storm, type StormResult } from './storm.ts';
import { quantile } from './seconds.ts';
import { textOf, type Person } from './stage.ts';
import { StandaloneStage } from './standalone-stage.ts';
import { VIBER_AUDIENCE, ViberPeople } from './viber-people.ts';

const PEOPLE = 33_334;
const BOT_RATE = 30;
const LEAD_IN_MS = 15_000;
const SETTLED_WITHIN_MS = 600_000;
const LOOK_EVERY_MS = 50;
/** As `npm start` gives them. */
const NODE_OPTIONS = '--max-semi-space-size=8 --max-old-space-size=128';
const PACERS = ['a', 'b'];

const given = runOptions({ seconds: 0, offset: 960 });
const people = given.isFast ? Math.ceil(PEOPLE / 10) : PEOPLE;
/** The broadcast beside the storm has to outlast it. */
const USUAL_SECONDS = given.isCluster ? 300 : 120;
const pacedSeconds = given.seconds || (given.isFast ? 60 : USUAL_SECONDS);
const figures = new Figures();

type AnyStage = StandaloneStage | ClusterStage;

const open = (): Promise<AnyStage> =>
  given.isCluster
    ? ClusterStage.open('receipts', { offset: given.offset, copies: { 'dispatcher-viber': 2 } })
    : StandaloneStage.open('receipts', { NODE_OPTIONS });

const watchedOf = (stage: AnyStage): readonly Watched[] => [
  ...(stage instanceof ClusterStage
    ? processesOf(stage.cluster)
    : [{ name: 'standalone', pid: () => stage.crier.pid }]),
  { name: 'sandbox', pid: () => stage.sandboxApp.pid },
  { name: 'this tool', pid: () => process.pid },
];

/** Whose figures are told one by one. */
const toldOf = (names: readonly string[]): readonly string[] =>
  names.filter((name) => /^(standalone|dispatcher-viber|projector)/.test(name));

const pacers = (): readonly Person[] =>
  Array.from({ length: SPEED * pacedSeconds }, (_, i) => ({
    externalId: `paced${i}`,
    botId: PACERS[i % PACERS.length] ?? '',
    chat: 1_000_000 + i,
    tags: ['paced'],
  }));

/** Everybody has the message that receipts will be about. */
const sendAll = async (stage: AnyStage): Promise<string> => {
  const { id } = await stage.draft({
    name: 'Storm',
    message: textOf('This is Storm.'),
    audience: VIBER_AUDIENCE,
    settings: { speed: 100_000 },
  });
  await stage.activate(id);
  const row = await stage.completed(id);
  figures.claim('messages that receipts are about', row.sent === people, row.sent);
  return id;
};

const beginPaced = async (stage: AnyStage): Promise<string> => {
  await stage.sandbox.forget();
  const { id } = await stage.draft({
    name: 'Paced',
    message: textOf('This is Paced.'),
    audience: { filter: { all: [{ status: 'enabled' }, { tag: 'paced' }] } },
    settings: { speed: SPEED },
  });
  await stage.activate(id);
  await stage.until(id, ({ sent }) => sent > 0);
  await sleep(LEAD_IN_MS);
  return id;
};

/** Resolves with the moment at which everybody was counted, or when nothing more is waited for. */
const settled = async (stage: AnyStage, id: string): Promise<number> => {
  const deadline = Date.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const { delivered, opened } = await stage.api.get<Reacted>(`/v1/broadcasts/${id}`);
    const now = Date.now();
    if ((delivered === people && opened === people) || now > deadline) return now;
    await sleep(LOOK_EVERY_MS);
  }
};

const noteStorm = (storm: StormResult, settledAt: number): void => {
  const { calls, taken, repeated, from, until, answerMs } = storm;
  figures.claim('calls answered 200', taken === calls, taken);
  const again = [...repeated].map(([status, count]) => `${count} × ${status}`);
  figures.note('answers that were repeated', again.join(', ') || 'none');
  const seconds = (until - from) / 1_000;
  figures.note('the burst, s', seconds.toFixed(1));
  figures.note('receipts taken a second', Math.round(taken / seconds));
  const [median, late] = [0.5, 0.99].map((share) => quantile(answerMs, share).toFixed(0));
  figures.note('time to an answer, ms (p50, p99)', `${median}, ${late}`);
  figures.note('last answer until the counts are exact, ms', settledAt - until);
  figures.note('receipts counted a second', Math.round(calls / ((settledAt - from) / 1_000)));
};

const noteLags = (stage: AnyStage): void => {
  const { events, lagsMs } =
    stage instanceof ClusterStage
      ? recordedIn(join(stage.directory, 'cluster/eventstoredb/events.db'), RECEIPT_EVENTS.cluster)
      : recordedIn(join(stage.directory, 'data/events.db'), RECEIPT_EVENTS.standalone);
  const [median, late, most] = [0.5, 0.99, 1].map((share) => Math.round(quantile(lagsMs, share)));
  figures.note('a call until it is recorded, ms (p50, p99, most)', `${median}, ${late}, ${most}`);
  figures.note('events with receipts, receipts in them', `${events}, ${lagsMs.length}`);
};

const noteUse = (usage: Usage, span: Span): void => {
  for (const name of toldOf(usage.names)) {
    const memory = usage.memoryMb(name, span);
    const peak = Math.max(...memory);
    const growth = Math.max(0, peak - (memory[0] ?? peak));
    figures.note(`${name}: peak memory, growth, MB`, `${peak.toFixed(0)}, ${growth.toFixed(0)}`);
    figures.note(`${name}: CPU, s`, usage.cpuSeconds(name, span).toFixed(1));
  }
  figures.note('cores used', busiest(usage, span));
  figures.note('cores used by others', usage.coresOfOthers(span).toFixed(2));
};

const torture = async (stage: AnyStage): Promise<void> => {
  const viber = new ViberPeople(stage, people);
  await stage.addBots(PACERS, BOT_RATE);
  await viber.settle();
  await stage.importPeople(pacers());
  say(`sending to ${people} people`);
  const id = await sendAll(stage);
  const storm = new Storm(stage.url, await viber.reached(), new Random(given.seed));
  const usage = new Usage(watchedOf(stage));
  const paced = await beginPaced(stage);
  const idle = new IdleTimer();
  say('the storm begins');
  const result = await storm.rage();
  say('everything is answered');
  const settledAt = await settled(stage, id);
  say('everything is counted');
  usage.look();
  const span = { from: result.from, until: settledAt };
  noteStorm(result, settledAt);
  noteLags(stage);
  noteUse(usage, span);
  await checkSums(stage, figures, { id, people });
  await stage.completed(paced);
  const lateness = await idle.stop();
  usage.stop();
  checkPace(figures, await stage.sandbox.starts(), {
    planned: SPEED * pacedSeconds,
    storm: span,
    lateness,
  });
  // What reads so much would be a disturbance of its own while the other broadcast runs.
  await checkPeople(figures, {
    api: stage.api,
    id,
    contacts: await viber.contacts(),
    storm: result,
  });
};

say(`seed ${given.seed}`);
const stage = await open();
say(`data in ${stage.directory}`);
try {
  await torture(stage);
} catch (error) {
  figures.claim('the run came to its end', false, String(error));
} finally {
  await stage.close(given.keep || !figures.isClean);
}
figures.print(given.isJson);
if (!figures.isClean) {
  console.error(`${figures.violations.length} violations. Logs and data: ${stage.directory}`);
  process.exitCode = 1;
}
process.exit();
