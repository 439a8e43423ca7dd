import type { Bot } from '@crier/audience';
import type { SendResult } from '@crier/connector';
import {
  laneKey,
  type DeliveryEvent,
  type Element,
  type LaneMessage,
  type LifecycleMessage,
} from '@crier/contracts';
import { AppError, freshId, type Log, type Revision } from '@crier/kernel';
import { contentOf, maySend } from '../domain/broadcast-view.ts';
import { LaneFold } from '../domain/lane-fold.ts';
import { Pace } from '../domain/pace.ts';
import { decideTurn, type Attempt, type AttemptResult, type Proof } from '../domain/turn.ts';
import { LaneBatches, readLanePlan } from './audience-plan.ts';
import { BroadcastNews } from './broadcast-news.ts';
import { ForeignWindows } from './foreign-windows.ts';
import type { Governor } from './governor.ts';
import type { LaneAlarm, LaneDeps } from './lane-deps.ts';
import { LaneContent } from './lane-content.ts';
import { LaneCounters } from './lane-counters.ts';
import type { LaneFigures, LaneState } from './lane-figures.ts';
import { LaneResults } from './lane-results.ts';
import { LaneSender, type Licence } from './lane-sender.ts';
import { Licences } from './licences.ts';
import { chooseAgain } from './reopening.ts';
import { LaneStore } from './lane-store.ts';
import { SelfHold } from './self-hold.ts';
import { Wakeup } from './signal.ts';
import { Trouble } from './trouble.ts';
import {
  chooseWindow,
  largestWindow,
  NOBODY,
  windowSize,
  type WindowChoice,
  type WindowDeps,
} from './window-choice.ts';

const RESUMED: ReadonlySet<string> = new Set(['BroadcastResumed', 'LaneResumed', 'RetryRequested']);
const HELD_OR_RESUMED: ReadonlySet<string> = new Set([...RESUMED, 'BroadcastHeld', 'LaneHeld']);
/** Windows open at once: the bound of doubt. */
const WINDOWS = 2;
/** The next window is opened when this part of one is left: early enough for an append, late enough to leave few in doubt after a crash. */
const LOW_PART = 4;
/** P9: a lane without a word for so long, and without a recorded pause, may be a restored snapshot. */
const STALE_MS = 15 * 60_000;
const IDLE_MS = 60_000;
const BACKOFF_MS = 500;
const PROVING_MS = 20;
/** Windows are not opened while the bot has to keep quiet for longer than this. */
const PAUSE_MS = 1_000;

/** What an owner of a lane does, after the lane protocol (section 3). One per lane and process; appends one at a time (R5). */
export class LaneRunner {
  readonly #deps: LaneDeps;
  #bot: Bot;
  /** After a hold its credentials may be others: they are looked up before anything leaves. */
  #botIsStale = false;
  readonly #governor: Governor;
  readonly #log: Log;
  readonly #counters: LaneCounters;
  readonly #wakeup = new Wakeup();
  readonly #news = new BroadcastNews();
  readonly #results: LaneResults;
  readonly #foreign: ForeignWindows;
  readonly #pace: Pace;
  readonly #trouble: Trouble;
  readonly #sender: LaneSender;
  readonly #licences: Licences;
  readonly #content: LaneContent;
  /** Held by this process itself, until the broadcast's stream says so. */
  readonly #hold: SelfHold;
  #lane: LaneMessage;
  #lanes: LaneStore;
  #fold = new LaneFold(0);
  #batches: LaneBatches | undefined;
  /** Licences left at which the next window is opened. */
  #lowMark = 0;
  #epoch = freshId();
  /** False: lost the lane; settles what is its own, and nothing more. */
  #owner = true;
  /** The bus says that the lane is ours. */
  #mine = true;
  #adopted = false;
  #over = false;
  /** Its history is illegal, or the code is wrong: nothing more is said here. */
  #broken = false;
  #running: Promise<void> | undefined;

  constructor(deps: LaneDeps, lane: LaneMessage, bot: Bot, governor: Governor) {
    const { clock } = deps;
    this.#deps = deps;
    this.#lane = lane;
    this.#bot = bot;
    this.#governor = governor;
    this.#log = deps.log.with({ broadcastId: lane.broadcastId, lane: lane.lane });
    this.#counters = new LaneCounters(deps.meter, { channel: bot.channel, bot: bot.id });
    this.#lanes = this.#newLaneStore();
    this.#results = new LaneResults(clock);
    this.#foreign = new ForeignWindows(clock, deps.silenceMs);
    this.#pace = new Pace(lane.share, lane.phase, clock.monotonicMs());
    const alarm = (raised: LaneAlarm): void => {
      this.#raise(raised);
    };
    this.#licences = new Licences(deps, lane);
    this.#hold = new SelfHold(deps, this.#log);
    this.#content = new LaneContent(deps, (detail) => {
      alarm({ scope: 'lane', reason: 'content_refused', detail });
    });
    this.#trouble = new Trouble({ limits: deps.trouble, clock, alarm });
    this.#sender = new LaneSender({
      ...deps,
      governor,
      sender: () => this.#bot,
      compiled: () => this.#content.compiled,
      pace: this.#pace,
      judge: (licence, result) => this.#judge(licence, result),
      moved: (from, to) => {
        deps.directory.readdress(bot.id, from, to).catch((error: unknown) => {
          this.#log.warn('new address not kept', { error: String(error) });
        });
      },
      taken: (left) => {
        if (left === this.#lowMark) this.#wakeup.ring();
      },
      settled: (attempt) => {
        this.#note(attempt);
      },
    });
  }

  get key(): string {
    return laneKey(this.#lane.broadcastId, this.#lane.lane);
  }

  /** How the lane stands at this moment. */
  get figures(): LaneFigures {
    const { waiting, inFlight } = this.#fold.counts;
    const inDoubt = this.#foreign.inDoubt(this.#fold);
    return { bot: this.#bot.id, state: this.#state, waiting, inFlight, inDoubt };
  }

  get #state(): LaneState {
    if (this.#broken) return 'broken';
    if (!this.#adopted) return 'adopting';
    if (this.#fold.completed) return 'completed';
    const { phase, held, heldFor, heldLanes } = this.#news.view;
    if (phase === 'stopped') return 'stopping';
    if (this.#hold.isHeld || heldLanes.has(this.#lane.lane)) return 'alarmed';
    if (held) return heldFor === 'operator' ? 'held' : 'alarmed';
    return this.#governor.pausedMs > PAUSE_MS ? 'paused' : 'sending';
  }

  /** Begins to own the lane. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** The bus told a new share; an increased one is used from its own instant on. */
  change(lane: LaneMessage): void {
    const { clock } = this.#deps;
    const wait =
      lane.share > this.#lane.share ? Date.parse(lane.from) - Date.parse(clock.now()) : 0;
    this.#lane = lane;
    void clock.sleep(Math.max(0, wait)).then(() => {
      if (this.#lane === lane && lane.share > 0) this.#pace.change(lane.share, clock.monotonicMs());
    });
  }

  /** News of the broadcast: takes effect before this returns. */
  hear(news: LifecycleMessage): void {
    if (!this.#news.hear(news)) return;
    const { event } = news;
    const about = !('lane' in event.data) || event.data.lane === this.#lane.lane;
    if (about && HELD_OR_RESUMED.has(event.type)) this.#hold.lift();
    if (about && RESUMED.has(event.type)) {
      this.#trouble.reset();
      this.#botIsStale = true;
    }
    this.#permit();
    this.#wakeup.ring();
  }

  /** Receipts proved that these were sent. Resolves when the stream says so, or when their own answers will. */
  async prove(proofs: readonly Proof[]): Promise<void> {
    // The receipt of a part proves that part only; with one part it proves everything.
    if (!this.#adopted || this.#content.partsOf(this.#elements, this.#fold.assets) !== 1) return;
    this.#results.prove(this.#fold, proofs);
    this.#wakeup.ring();
    while (!this.#over && !this.#broken && this.#results.isProving(proofs))
      await this.#deps.clock.sleep(PROVING_MS);
  }

  /** The lane moved away, or the process stops: settles what is its own, and ends. */
  async release(): Promise<void> {
    this.#mine = false;
    this.#letGo();
    this.#wakeup.ring();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#over) {
      try {
        if (!this.#adopted) await this.#adopt();
        await this.#turn();
        await this.#rest();
      } catch (error) {
        await this.#failed(error);
      }
    }
    this.#hold.lift();
    await this.#sender.close();
  }

  async #rest(): Promise<void> {
    if (!this.#over) await this.#wakeup.wait(this.#nextTimer());
  }

  /** Reads delivery to its head, then the broadcast, whose tail is already being heard (R17). */
  async #adopt(): Promise<void> {
    const { store } = this.#deps;
    const plan = await readLanePlan(store, this.#lane.broadcastId, this.#lane.lane);
    this.#batches = new LaneBatches(store, this.#lane.broadcastId, plan);
    this.#fold = new LaneFold(plan.planned);
    await this.#lanes.catchUp(this.#fold, () => undefined);
    this.#foreign.adopt(this.#fold);
    this.#news.fold(await this.#lanes.broadcast());
    if (this.#fold.counts.sent > 0) this.#trouble.contentWasAccepted();
    this.#adopted = true;
    this.#counters.begin();
    this.#log.info('lane adopted', { epoch: this.#epoch, revision: this.#fold.revision });
    if (this.#isStale())
      this.#raise({ scope: 'lane', reason: 'stale_lane', detail: this.#fold.lastAt ?? '' });
    this.#permit();
  }

  #isStale(): boolean {
    if (this.#fold.completed || !this.#sending) return false;
    const last = [this.#fold.lastAt ?? '', this.#news.view.resumedAt ?? ''].sort().at(-1) ?? '';
    return Date.parse(this.#deps.clock.now()) - Date.parse(last) > STALE_MS;
  }

  /** Turns until nothing is left to say. */
  async #turn(): Promise<void> {
    let owned: boolean;
    do {
      owned = this.#owner;
      if (this.#news.isStale) this.#news.fold(await this.#lanes.broadcast());
      if (this.#botIsStale) await this.#lookUpBot();
      this.#permit();
      if (!this.#sending) this.#sender.tearUp(() => true, this.#owner ? 'held' : 'let_go');
      if (!this.#owner) await this.#sender.idle();
      else if (this.#sending) await this.#prepare();
      // Ownership that was lost during a decision leaves more to say.
    } while ((await this.#decide()) || owned !== this.#owner);
    if (!this.#owner) this.#endOwnership();
  }

  /** One decision, one append. False when there was nothing to say. */
  async #decide(): Promise<boolean> {
    const isDue = this.#results.isDue || !this.#sending;
    const attempts = isDue ? this.#results.oldest(this.#largestWindow) : [];
    const { proven } = this.#results;
    const silent = this.#foreign.silent(this.#fold).slice(0, this.#silentAtOnce);
    const again = await this.#chooseAgain(silent);
    const chosen = again.size > 0 ? NOBODY : await this.#choose();
    const cards = new Map([...again, ...chosen.cards]);
    const { view } = this.#news;
    const events = decideTurn(this.#fold, {
      epoch: this.#epoch,
      attempts,
      proven,
      silent,
      reopenable: (index) => again.has(index),
      owner: this.#owner,
      sending: this.#sending,
      stopped: view.phase === 'stopped',
      open: chosen.open,
      contentRevision: view.contentRevision,
      skip: chosen.skip,
      orders: view.orders,
    });
    if (events.length > 0 && !(await this.#append(events, cards))) return true;
    this.#results.stored(attempts, proven);
    return events.length > 0;
  }

  /** False: another writer was first; what it wrote is folded, and all is to be decided anew (R7). */
  async #append(events: readonly DeliveryEvent[], cards: WindowChoice['cards']): Promise<boolean> {
    const before = this.#fold.revision;
    if (await this.#lanes.append(this.#fold, this.#epoch, events)) {
      events.forEach((event, k) => {
        this.#grant(event, before + 1 + k, cards);
      });
      this.#counters.settled(events);
      return true;
    }
    this.#counters.conflicted();
    await this.#lanes.catchUp(this.#fold, (event, revision) => {
      this.#noticed(event, revision, cards);
    });
    return false;
  }

  /** What others, or a forgotten append of this epoch, wrote (R8). A foreign open means that the lane is lost. */
  #noticed(event: DeliveryEvent, revision: Revision, cards: WindowChoice['cards']): void {
    if (event.type !== 'WindowTurned' || !event.data.opened) return;
    if (event.data.epoch === this.#epoch) {
      this.#grant(event, revision, cards);
      return;
    }
    this.#foreign.add(revision);
    this.#letGo();
  }

  /** Licences for what an own, stored window opened (R4). Whose card is not at hand any more is returned. */
  #grant(event: DeliveryEvent, window: Revision, cards: WindowChoice['cards']): void {
    if (event.type !== 'WindowTurned' || !event.data.opened) return;
    const indexes = event.data.opened.indexes.flatMap(([from, count]) =>
      Array.from({ length: count }, (_none, i) => from + i),
    );
    this.#results.expect(window, indexes.length);
    const { contentRevision } = event.data.opened;
    const licences: Licence[] = [];
    for (const index of indexes) {
      const card = cards.get(index);
      if (card)
        licences.push(this.#licences.issue(this.#fold, { index, window, contentRevision }, card));
      else
        this.#note({
          index,
          window,
          result: { kind: 'notAccepted', reason: 'card_missing' },
          parts: [],
        });
    }
    this.#sender.grant(licences);
    this.#permit();
  }

  async #choose(): Promise<WindowChoice> {
    const mayOpen =
      this.#owner && this.#sending && this.#content.compiled !== undefined && !this.#fold.completed;
    if (!mayOpen || !this.#batches || this.#governor.pausedMs > PAUSE_MS) return NOBODY;
    const size = windowSize(this.#pace.rate, this.#largestWindow);
    this.#lowMark = Math.floor(size / LOW_PART);
    if (this.#sender.queued > this.#lowMark) return NOBODY;
    if (this.#results.openWindows(this.#fold) >= WINDOWS) return NOBODY;
    return chooseWindow(this.#windowDeps(this.#batches), this.#fold, size);
  }

  get #largestWindow(): number {
    return largestWindow(this.#deps.connector.batch, this.#content.compiled?.parts ?? 1);
  }

  /** Silent windows that one decision may deal with: one that is opened again is one of those that may be open. */
  get #silentAtOnce(): number {
    if (!this.#owner) return 0;
    if (!this.#deps.connector.capabilities.idempotent || !this.#sending) return WINDOWS;
    return this.#results.openWindows(this.#fold) < WINDOWS ? 1 : 0;
  }

  async #chooseAgain(silent: readonly Revision[]): Promise<WindowChoice['cards']> {
    if (!this.#sending || !this.#batches || !this.#content.compiled) return NOBODY.cards;
    return chooseAgain(this.#windowDeps(this.#batches), this.#fold, silent);
  }

  #windowDeps(batches: LaneBatches): WindowDeps {
    return { ...this.#deps, bot: this.#bot, batches };
  }

  get #sending(): boolean {
    const ready = this.#owner && this.#adopted && !this.#hold.isHeld && !this.#botIsStale;
    return ready && maySend(this.#news.view, this.#lane.lane);
  }

  async #lookUpBot(): Promise<void> {
    this.#bot = (await this.#deps.bots.get(this.#bot.id)) ?? this.#bot;
    this.#botIsStale = false;
  }

  #permit(): void {
    this.#sender.allow(this.#sending && this.#content.compiled !== undefined);
  }

  /** Uploads and compiles, once. */
  async #prepare(): Promise<void> {
    if (this.#content.compiled) return;
    await this.#content.prepare(this.#bot, this.#elements, {
      known: this.#fold.assets,
      keep: (assets) => this.#append([{ type: 'LanePrepared', data: { assets } }], NOBODY.cards),
    });
    this.#permit();
  }

  get #elements(): readonly Element[] {
    return contentOf(this.#news.view, this.#bot.channel);
  }

  #judge({ index, contactId }: Licence, result: SendResult): AttemptResult {
    const { directory, clock } = this.#deps;
    if (result.result === 'later' && result.pause === 'bot') {
      this.#counters.paused();
      this.#governor.pause(result.afterMs, result.grows === true);
    }
    if (result.result === 'gone')
      directory
        .mark(this.#bot.id, { contactId }, result.status, clock.now())
        .catch((error: unknown) => {
          this.#log.warn('connection not marked', { error: String(error) });
        });
    return this.#trouble.judge(index, result);
  }

  #note(attempt: Attempt): void {
    if (attempt.result.kind === 'accepted') {
      this.#governor.eased();
      this.#trouble.accepted(attempt.index);
    }
    if (this.#results.note(attempt) || !this.#sending) this.#wakeup.ring();
  }

  #nextTimer(): number {
    const { clock } = this.#deps;
    const due = this.#sending ? this.#fold.nextDue() : undefined;
    const waits = [
      this.#silentAtOnce > 0 ? this.#foreign.dueInMs : undefined,
      this.#results.dueInMs,
      this.#sending && this.#governor.pausedMs > 0 ? this.#governor.pausedMs : undefined,
      due === undefined ? undefined : Date.parse(due) - Date.parse(clock.now()),
    ].filter((wait) => wait !== undefined);
    return Math.max(1, Math.min(IDLE_MS, ...waits));
  }

  #letGo(): void {
    this.#owner = false;
    this.#permit();
  }

  /** What was its own is stored. Who let go adopts again while the bus still says mine (R9), under a new epoch (R2). */
  #endOwnership(): void {
    this.#log.info('lane let go', { epoch: this.#epoch, again: this.#mine });
    if (!this.#mine) {
      this.#over = true;
      return;
    }
    this.#epoch = freshId();
    this.#lanes = this.#newLaneStore();
    this.#results.forgetWindows();
    this.#owner = true;
    this.#adopted = false;
    this.#wakeup.ring();
  }

  #newLaneStore(): LaneStore {
    const { store, clock, actor } = this.#deps;
    return new LaneStore(store, clock, { ...this.#lane, actor });
  }

  #raise(alarm: LaneAlarm): void {
    if (!this.#hold.raise(this.#lane, alarm)) return;
    this.#permit();
    this.#wakeup.ring();
    this.#counters.held(alarm.reason);
  }

  async #failed(error: unknown): Promise<void> {
    if (error instanceof AppError && error.verdict === 'retry') {
      this.#log.warn('lane waits for a store', { code: error.code });
      this.#over = !this.#mine && !this.#adopted;
      await this.#deps.clock.sleep(BACKOFF_MS);
      return;
    }
    this.#broken = true;
    this.#log.error('lane stops: its history or its code is wrong', { error: String(error) });
    const detail = error instanceof AppError ? error.code : 'BUG';
    this.#raise({ scope: 'lane', reason: 'illegal_history', detail });
    this.#sender.tearUp(() => true, 'illegal_history');
    this.#over = !this.#mine;
    if (!this.#over) await this.#wakeup.wait(IDLE_MS);
  }
}
