import type { Compiled, Connector, MediaReader, SendResult } from '@crier/connector';
import {
  laneKey,
  type DeliveryEvent,
  type LaneMessage,
  type LifecycleMessage,
} from '@crier/contracts';
import type { Bot, ContactDirectory, RecipientCard } from '@crier/audience';
import { AppError, freshId, type Clock, type EventStore, type Log } from '@crier/kernel';
import {
  contentOf,
  maySend,
  UNKNOWN_BROADCAST,
  viewAfter,
  type BroadcastView,
} from '../domain/broadcast-view.ts';
import { LaneFold } from '../domain/lane-fold.ts';
import { Pace } from '../domain/pace.ts';
import { decideTurn, type Attempt, type AttemptResult } from '../domain/turn.ts';
import { LaneBatches, readLanePlan } from './audience-plan.ts';
import type { Governor } from './governor.ts';
import { LaneSender, type Licence } from './lane-sender.ts';
import { LaneStore } from './lane-store.ts';
import { Wakeup } from './signal.ts';
import { Trouble, type Alarm, type TroubleLimits } from './trouble.ts';

/** What the lanes of one dispatcher share. */
export interface LaneDeps {
  readonly store: EventStore;
  readonly directory: ContactDirectory;
  readonly connector: Connector;
  readonly media: MediaReader;
  readonly clock: Clock;
  readonly log: Log;
  /** Name of this process in metadata. */
  readonly actor: string;
  /** Signed names of buttons, and the public addresses of links. */
  readonly refs: {
    readonly sign: (
      lane: LaneMessage,
      index: number,
      button: number,
      contentRevision: number,
    ) => string;
    readonly linkOf: (ref: string) => string;
  };
  /** Asks the broadcast's decider to hold the lane or the broadcast. */
  readonly alarm: (lane: LaneMessage, alarm: LaneAlarm) => Promise<void>;
  readonly concurrency: number;
  readonly trouble: TroubleLimits;
  /** Windows of another epoch are in doubt after so long. */
  readonly silenceMs: number;
}

export type LaneAlarm =
  | Alarm
  | {
      readonly scope: 'lane';
      readonly reason: 'stale_lane' | 'illegal_history' | 'content_refused';
      readonly detail: string;
    };

const RESUMED: ReadonlySet<string> = new Set(['BroadcastResumed', 'LaneResumed', 'RetryRequested']);
const HELD_OR_RESUMED: ReadonlySet<string> = new Set([...RESUMED, 'BroadcastHeld', 'LaneHeld']);
/** Windows open at once: the bound of doubt. */
const WINDOWS = 2;
const LARGEST_WINDOW = 500;
/** A result is stored no later than this, even when its window still has others under way. */
const SETTLE_MS = 1_000;
const STALE_MS = 15 * 60_000;
const IDLE_MS = 60_000;
const BACKOFF_MS = 500;
/** Windows are not opened while the bot has to keep quiet for longer than this. */
const PAUSE_MS = 1_000;

/** What an owner of a lane does, after the lane protocol (section 3). One per lane and process; appends one at a time (R5). */
export class LaneRunner {
  readonly #deps: LaneDeps;
  readonly #bot: Bot;
  readonly #governor: Governor;
  readonly #log: Log;
  readonly #wakeup = new Wakeup();
  readonly #attempts: Attempt[] = [];
  readonly #proven = new Set<number>();
  /** Own recipients in flight that a receipt has come for before their answer. */
  readonly #receipted = new Set<number>();
  /** Own windows: how many of their recipients have no result yet. */
  readonly #outstanding = new Map<number, number>();
  /** Foreign windows, and when this process first read of them. */
  readonly #foreign = new Map<number, number>();
  readonly #pace: Pace;
  readonly #sender: LaneSender;
  readonly #trouble: Trouble;
  #lane: LaneMessage;
  #view: BroadcastView = UNKNOWN_BROADCAST;
  #fold = new LaneFold(0);
  #batches: LaneBatches | undefined;
  #compiled: Compiled | undefined;
  #lanes: LaneStore;
  #epoch = freshId();
  #owner = true;
  #mine = true;
  #adopted = false;
  #selfHeld = false;
  /** News that came before the broadcast was folded. */
  readonly #early: LifecycleMessage[] = [];
  /** News was missed: the broadcast has to be folded again. */
  #gap = false;
  #over = false;
  #oldestResultAt: number | undefined;
  #running: Promise<void> | undefined;

  constructor(deps: LaneDeps, lane: LaneMessage, bot: Bot, governor: Governor) {
    this.#deps = deps;
    this.#lane = lane;
    this.#bot = bot;
    this.#governor = governor;
    this.#log = deps.log.with({ broadcastId: lane.broadcastId, lane: lane.lane });
    this.#lanes = new LaneStore(deps.store, deps.clock, { ...lane, actor: deps.actor });
    this.#pace = new Pace(lane.share, lane.phase, deps.clock.monotonicMs());
    this.#trouble = new Trouble({
      limits: deps.trouble,
      clock: deps.clock,
      alarm: (alarm) => {
        this.#raise(alarm);
      },
      accepted: false,
    });
    this.#sender = new LaneSender({
      clock: deps.clock,
      connector: deps.connector,
      governor,
      sender: bot,
      pace: this.#pace,
      concurrency: deps.concurrency,
      judge: (licence, result) => this.#judge(licence, result),
      settled: (attempt) => {
        this.#note(attempt);
      },
    });
  }

  get key(): string {
    return laneKey(this.#lane.broadcastId, this.#lane.lane);
  }

  /** Begins to own the lane. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** The bus told a new share. */
  change(lane: LaneMessage): void {
    const increase = lane.share > this.#lane.share;
    const wait = increase ? Date.parse(lane.from) - Date.parse(this.#deps.clock.now()) : 0;
    this.#lane = lane;
    void this.#deps.clock.sleep(Math.max(0, wait)).then(() => {
      if (this.#lane === lane && lane.share > 0)
        this.#pace.change(lane.share, this.#deps.clock.monotonicMs());
    });
  }

  /** News of the broadcast: takes effect before this returns. */
  hear(news: LifecycleMessage): void {
    const { event, revision, recordedAt } = news;
    if (!this.#adopted || this.#gap) this.#early.push(news);
    const before = this.#view;
    this.#view = viewAfter(before, event, revision, recordedAt);
    if (this.#view === before) return;
    this.#gap ||= revision > before.revision + 1;
    const about = 'lane' in event.data ? event.data.lane === this.#lane.lane : true;
    if (about && HELD_OR_RESUMED.has(event.type)) this.#selfHeld = false;
    if (about && RESUMED.has(event.type)) this.#trouble.reset();
    this.#permit();
    this.#wakeup.ring();
  }

  /** Receipts proved that these were sent. Resolves when the stream says so, or when their own answers will. */
  async prove(indexes: readonly number[]): Promise<void> {
    if (!this.#adopted || this.#partsOfContent() !== 1) return;
    for (const index of indexes) {
      if (this.#provable(index)) this.#proven.add(index);
      else if (this.#isOutstanding(index)) this.#receipted.add(index);
    }
    this.#wakeup.ring();
    while (!this.#over && indexes.some((index) => this.#proven.has(index)))
      await this.#deps.clock.sleep(20);
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
        if (!this.#over) await this.#wakeup.wait(this.#nextTimer());
      } catch (error) {
        await this.#failed(error);
      }
    }
    await this.#sender.close();
  }

  /** The broadcast is folded after its tail is being read; later only news of a higher revision counts (R17, R18). */
  async #adopt(): Promise<void> {
    const { store, clock } = this.#deps;
    const plan = await readLanePlan(store, this.#lane.broadcastId, this.#lane.lane);
    this.#fold = new LaneFold(plan.planned);
    this.#batches = new LaneBatches(store, this.#lane.broadcastId, plan);
    await this.#lanes.catchUp(this.#fold, () => undefined);
    for (const window of this.#fold.windows.keys()) this.#foreign.set(window, clock.monotonicMs());
    await this.#foldBroadcast();
    if (this.#fold.counts.sent > 0) this.#trouble.accepted(-1);
    this.#adopted = true;
    this.#log.info('lane adopted', { epoch: this.#epoch, revision: this.#fold.revision });
    if (this.#isStale())
      this.#raise({ scope: 'lane', reason: 'stale_lane', detail: this.#fold.lastAt ?? '' });
    this.#permit();
  }

  /** The stored truth, then what was heard meanwhile and is newer. */
  async #foldBroadcast(): Promise<void> {
    const stored = await this.#lanes.broadcast();
    this.#gap = false;
    this.#view = this.#early
      .splice(0)
      .reduce(
        (view, { event, revision, recordedAt }) => viewAfter(view, event, revision, recordedAt),
        stored,
      );
  }

  /** P9: a lane whose last event is old, without a recorded pause, may be a restored snapshot. */
  #isStale(): boolean {
    if (this.#fold.completed || !maySend(this.#view, this.#lane.lane)) return false;
    const last = [this.#fold.lastAt ?? '', this.#view.resumedAt ?? ''].sort().at(-1) ?? '';
    return Date.parse(this.#deps.clock.now()) - Date.parse(last) > STALE_MS;
  }

  /** Step by step what section 3 of the protocol calls a turn; again while it had something to say. */
  async #turn(): Promise<void> {
    for (;;) {
      if (this.#gap) await this.#foldBroadcast();
      this.#permit();
      if (!this.#sending) this.#sender.tearUp(() => true, this.#owner ? 'held' : 'let_go');
      if (!this.#owner) await this.#sender.idle();
      else if (this.#sending && !(await this.#prepare())) return;
      const said = await this.#decide();
      if (said) continue;
      if (!this.#owner) this.#endOwnership();
      return;
    }
  }

  /** One decision, one append. False when there was nothing to say. */
  async #decide(): Promise<boolean> {
    const { clock } = this.#deps;
    const attempts = this.#shouldSettle() ? [...this.#attempts] : [];
    const proven = [...this.#proven];
    const chosen = await this.#choose();
    const events = decideTurn(this.#fold, {
      epoch: this.#epoch,
      attempts,
      proven,
      silent: this.#owner ? this.#silentWindows() : [],
      reopenable: () => false,
      owner: this.#owner,
      sending: this.#sending,
      stopped: this.#view.phase === 'stopped',
      open: chosen.open,
      contentRevision: this.#view.contentRevision,
      skip: chosen.skip,
      orders: this.#view.orders,
    });
    if (events.length === 0) {
      this.#stored(attempts, proven);
      return false;
    }
    const before = this.#fold.revision;
    if (await this.#lanes.append(this.#fold, this.#epoch, events)) {
      this.#stored(attempts, proven);
      events.forEach((event, k) => {
        this.#grant(event, before + 1 + k, chosen.cards);
      });
      return true;
    }
    await this.#lanes.catchUp(this.#fold, (event, revision) => {
      this.#noticed(event, revision, chosen.cards, clock.monotonicMs());
    });
    return true;
  }

  /** What others, or a forgotten append of this epoch, wrote (R8, R9). */
  #noticed(
    event: DeliveryEvent,
    revision: number,
    cards: ReadonlyMap<number, RecipientCard>,
    at: number,
  ): void {
    if (event.type !== 'WindowTurned' || !event.data.opened) return;
    if (event.data.epoch === this.#epoch) this.#grant(event, revision, cards);
    else {
      this.#foreign.set(revision, at);
      this.#letGo();
    }
  }

  /** Licences for what an own, stored window opened. Whose card is not at hand any more is returned. */
  #grant(event: DeliveryEvent, revision: number, cards: ReadonlyMap<number, RecipientCard>): void {
    if (event.type !== 'WindowTurned' || !event.data.opened || event.data.epoch !== this.#epoch)
      return;
    const licences: Licence[] = [];
    let count = 0;
    for (const [from, length] of event.data.opened.indexes)
      for (let index = from; index < from + length; index += 1) {
        count += 1;
        const card = cards.get(index);
        if (card) licences.push(this.#licence(index, revision, card));
        else
          this.#note({
            index,
            window: revision,
            result: { kind: 'notAccepted', reason: 'card_missing' },
            parts: [],
          });
      }
    this.#outstanding.set(revision, (this.#outstanding.get(revision) ?? 0) + count);
    this.#sender.grant(licences);
    this.#permit();
  }

  #licence(index: number, window: number, card: RecipientCard): Licence {
    const { refs } = this.#deps;
    const lane = this.#lane;
    const contentRevision = this.#view.contentRevision;
    const refOf = (button: number): string => refs.sign(lane, index, button, contentRevision);
    return {
      index,
      window,
      contactId: card.contactId,
      address: card.address,
      target: {
        address: card.address,
        variables: card.variables,
        refOf,
        linkOf: (button) => refs.linkOf(refOf(button)),
      },
      done: new Set(this.#fold.parts(index).map(([part]) => part)),
    };
  }

  /** Who is opened next, looked at again at the last moment: status, and whether the person still exists (P4). */
  async #choose(): Promise<{
    open: number[];
    skip: [number, string][];
    cards: ReadonlyMap<number, RecipientCard>;
  }> {
    const chosen = {
      open: [] as number[],
      skip: [] as [number, string][],
      cards: new Map<number, RecipientCard>(),
    };
    if (!this.#mayOpen() || !this.#batches) return chosen;
    const { directory, clock } = this.#deps;
    const indexes = this.#fold.nextWaiting(
      this.#windowSize(),
      clock.now(),
      this.#batches.stretchOf,
    );
    const contacts = await this.#batches.contactsAt(indexes);
    const cards = await directory.cards(this.#bot.id, contacts);
    indexes.forEach((index, i) => {
      const card = cards.get(contacts[i] ?? '');
      if (!card) chosen.skip.push([index, 'erased']);
      else if (card.status !== 'enabled') chosen.skip.push([index, card.status]);
      else {
        chosen.open.push(index);
        chosen.cards.set(index, card);
      }
    });
    return chosen;
  }

  #mayOpen(): boolean {
    if (!this.#owner || !this.#sending || this.#fold.completed) return false;
    return this.#ownWindows() < WINDOWS && this.#governor.pausedMs < PAUSE_MS;
  }

  /** Own windows that still have somebody without a stored outcome. */
  #ownWindows(): number {
    let count = 0;
    for (const [revision, outstanding] of this.#outstanding)
      if (outstanding > 0 && this.#fold.windows.has(revision)) count += 1;
      else if (!this.#fold.windows.has(revision)) this.#outstanding.delete(revision);
    return count;
  }

  /** At most max(8, 0.4 s of the share), and no more than leaves within 5 s, so that no licence grows old. */
  #windowSize(): number {
    const share = this.#pace.rate;
    const most = Math.min(LARGEST_WINDOW, Math.max(8, Math.ceil(share * 0.4)));
    return Math.max(1, Math.min(most, Math.floor(share * 5)));
  }

  get #sending(): boolean {
    return this.#owner && this.#adopted && !this.#selfHeld && maySend(this.#view, this.#lane.lane);
  }

  #permit(): void {
    this.#sender.allow(this.#sending && this.#compiled !== undefined);
  }

  /** Uploads and compiles once. False: not now. */
  async #prepare(): Promise<boolean> {
    if (this.#compiled) return true;
    const { connector, media } = this.#deps;
    const elements = contentOf(this.#view, this.#bot.channel);
    try {
      const assets = await connector.prepare(this.#bot, elements, media, this.#fold.assets);
      const isNew = Object.keys(assets).some((key) => this.#fold.assets[key] !== assets[key]);
      if (
        isNew &&
        !(await this.#lanes.append(this.#fold, this.#epoch, [
          { type: 'LanePrepared', data: { assets } },
        ]))
      )
        return await this.#rereadAndPrepare();
      this.#compiled = connector.compile(elements, assets);
    } catch (error) {
      if (!(error instanceof AppError) || error.verdict === 'retry') throw error;
      this.#raise({ scope: 'lane', reason: 'content_refused', detail: error.code });
      return true;
    }
    this.#sender.use(this.#compiled);
    this.#permit();
    return true;
  }

  async #rereadAndPrepare(): Promise<boolean> {
    const at = this.#deps.clock.monotonicMs();
    await this.#lanes.catchUp(this.#fold, (event, revision) => {
      this.#noticed(event, revision, new Map(), at);
    });
    return this.#owner ? this.#prepare() : true;
  }

  #judge(licence: Licence, result: SendResult): AttemptResult {
    const { directory, clock } = this.#deps;
    if (result.result === 'later' && result.pause === 'bot') this.#governor.pause(result.afterMs);
    if (result.result === 'gone')
      void directory
        .mark(this.#bot.id, { contactId: licence.contactId }, result.status, clock.now())
        .catch((error: unknown) => {
          this.#log.warn('connection not marked', { error: String(error) });
        });
    return this.#trouble.judge(licence.index, result);
  }

  #note(answer: Attempt): void {
    const proved = this.#receipted.delete(answer.index) && answer.result.kind === 'unknown';
    const attempt: Attempt = proved ? { ...answer, result: { kind: 'accepted' } } : answer;
    if (attempt.result.kind === 'accepted') this.#trouble.accepted(attempt.index);
    this.#attempts.push(attempt);
    this.#oldestResultAt ??= this.#deps.clock.monotonicMs();
    const left = (this.#outstanding.get(attempt.window) ?? 1) - 1;
    this.#outstanding.set(attempt.window, left);
    if (left <= 0 || !this.#sending) this.#wakeup.ring();
  }

  /** Not one append per answer: when a window has all its answers, when the oldest has waited, or when nothing more may leave. */
  #shouldSettle(): boolean {
    if (this.#attempts.length === 0) return false;
    if (!this.#sending) return true;
    const waited = this.#deps.clock.monotonicMs() - (this.#oldestResultAt ?? Infinity);
    return (
      waited >= SETTLE_MS ||
      this.#attempts.some(({ window }) => (this.#outstanding.get(window) ?? 0) <= 0)
    );
  }

  #stored(attempts: readonly Attempt[], proven: readonly number[]): void {
    this.#attempts.splice(0, attempts.length);
    for (const index of proven) this.#proven.delete(index);
    if (attempts.length > 0)
      this.#oldestResultAt = this.#attempts.length > 0 ? this.#deps.clock.monotonicMs() : undefined;
  }

  #provable(index: number): boolean {
    if (index >= this.#fold.size) return false;
    const state = this.#fold.state(index);
    if (state === 'inFlight') return !this.#isOutstanding(index);
    return (
      state === 'unconfirmed' || (state === 'waiting' && this.#fold.before(index) === 'unconfirmed')
    );
  }

  /** In flight by an own window: its own answer is still to come. */
  #isOutstanding(index: number): boolean {
    const window = index < this.#fold.size ? this.#fold.windowOf(index) : undefined;
    return window !== undefined && this.#outstanding.has(window);
  }

  /** The receipt of a part proves that part only; with one part it proves everything. */
  #partsOfContent(): number {
    if (this.#compiled) return this.#compiled.parts;
    return this.#deps.connector.compile(contentOf(this.#view, this.#bot.channel), this.#fold.assets)
      .parts;
  }

  #silentWindows(): number[] {
    const now = this.#deps.clock.monotonicMs();
    for (const revision of this.#foreign.keys())
      if (!this.#fold.windows.has(revision)) this.#foreign.delete(revision);
    return [...this.#foreign]
      .filter(([, since]) => now - since >= this.#deps.silenceMs)
      .map(([revision]) => revision);
  }

  #nextTimer(): number {
    const { clock, silenceMs } = this.#deps;
    const now = clock.monotonicMs();
    const waits = [...this.#foreign.values()].map((since) => since + silenceMs - now);
    if (this.#oldestResultAt !== undefined) waits.push(this.#oldestResultAt + SETTLE_MS - now);
    if (this.#sending && this.#governor.pausedMs > 0) waits.push(this.#governor.pausedMs);
    const due = this.#sending ? this.#fold.nextDue() : undefined;
    if (due !== undefined) waits.push(Date.parse(due) - Date.parse(clock.now()));
    return Math.max(1, Math.min(IDLE_MS, ...waits));
  }

  #letGo(): void {
    if (!this.#owner) return;
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
    this.#lanes = new LaneStore(this.#deps.store, this.#deps.clock, {
      ...this.#lane,
      actor: this.#deps.actor,
    });
    this.#outstanding.clear();
    this.#foreign.clear();
    this.#owner = true;
    this.#adopted = false;
  }

  #raise(alarm: LaneAlarm): void {
    if (this.#selfHeld) return;
    this.#selfHeld = true;
    this.#permit();
    this.#wakeup.ring();
    this.#log.warn('lane holds itself', { reason: alarm.reason });
    void this.#tell(alarm);
  }

  async #tell(alarm: LaneAlarm): Promise<void> {
    while (this.#selfHeld && !this.#over) {
      try {
        await this.#deps.alarm(this.#lane, alarm);
        return;
      } catch (error) {
        this.#log.warn('alarm not told yet', { error: String(error) });
        await this.#deps.clock.sleep(BACKOFF_MS);
      }
    }
  }

  async #failed(error: unknown): Promise<void> {
    const passing = error instanceof AppError && error.verdict === 'retry';
    if (!passing) {
      this.#log.error('lane stops: its history or its code is wrong', { error: String(error) });
      this.#raise({
        scope: 'lane',
        reason: 'illegal_history',
        detail: error instanceof AppError ? error.code : 'BUG',
      });
      this.#sender.tearUp(() => true, 'illegal_history');
      if (!this.#mine) this.#over = true;
      else await this.#wakeup.wait(IDLE_MS);
      return;
    }
    this.#log.warn('lane waits for a store', { code: error.code });
    if (!this.#mine && !this.#adopted) this.#over = true;
    await this.#deps.clock.sleep(BACKOFF_MS);
  }
}
