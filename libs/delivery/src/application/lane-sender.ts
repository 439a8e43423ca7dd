import type { Compiled, Connector, Part, RenderTarget, Sender, SendResult } from '@crier/connector';
import type { Clock, Instant, Revision } from '@crier/kernel';
import type { Pace } from '../domain/pace.ts';
import { isKeyGood } from '../domain/key-age.ts';
import type { Attempt, AttemptResult } from '../domain/turn.ts';
import { PRIORITY, type Governor } from './governor.ts';
import { Wakeup } from './signal.ts';

/** The right to send one recipient's request once; it lives in memory only. */
export interface Licence {
  readonly index: number;
  readonly window: Revision;
  readonly contactId: string;
  address: string;
  readonly target: RenderTarget;
  /** Parts accepted in earlier windows: they never leave again. */
  readonly done: ReadonlySet<number>;
  /** Of channels with keys: since when this person's key counts. */
  readonly keySince?: string;
}

/** A licence in use: what has left and what comes next. */
interface Job {
  readonly licence: Licence;
  readonly grantedAt: number;
  parts: readonly Part[];
  part: number;
  readonly accepted: [part: number, id: string, at?: number][];
  moves: number;
  /** How often the request at hand left again with its key, after its answer was lost: only acceptance clears that (R25). */
  repeats: number;
}

/** When requests leave: those of one moment share it. */
interface Departure {
  readonly now: Instant;
  /** In milliseconds, where receipts may name messages by the time at which they left. */
  readonly startedAt: number | undefined;
}

/** Starts that the governor has granted and that have not left yet. */
interface Slice {
  left: number;
  started: number;
  readonly until: number;
  readonly done: (started: number) => void;
}

export interface SenderDeps {
  readonly clock: Clock;
  readonly connector: Connector;
  readonly governor: Governor;
  /** The bot as it is known now. */
  readonly sender: () => Sender;
  /** The content; there before the first licence. */
  readonly compiled: () => Compiled | undefined;
  readonly pace: Pace;
  /** Requests of this lane under way at once, at most. */
  readonly concurrency: number;
  /** What a refusal means beyond this recipient, decided by the lane; gives the result to store. */
  readonly judge: (licence: Licence, result: SendResult) => AttemptResult;
  /** The person's address at this bot is another one now. */
  readonly moved: (from: string, to: string) => void;
  /** So many licences are left after one was taken. */
  readonly taken: (left: number) => void;
  /** A recipient is settled in memory. */
  readonly settled: (attempt: Attempt) => void;
}

/** A licence is not used later than this after it was granted: one that wakes up rarely sends what was ordered again. */
const LICENCE_MS = 15_000;
const MOVES = 3;
/** A request whose answer was lost leaves again, with its key, so often and after so long. */
const REPEATS = 2;
const REPEAT_AFTER_MS = 1_000;
/** At high speed a slice ends after so long, so that other broadcasts of the bot get their turn. */
const LONGEST_SLICE_MS = 200;
const LARGEST_SLICE = 2_000;
/** The governor's queue takes about so long even when it is empty: a slice asks that much before it is due. */
const QUEUEING_MS = 6;

/** Sends what it holds licences for, at the lane's pace, through the bot's governor, one slice waiting there at a time. */
export class LaneSender {
  readonly #deps: SenderDeps;
  /** The one that leaves next stands last: taking it off moves nobody. */
  #queue: Job[] = [];
  readonly #wakeup = new Wakeup();
  readonly #idle = new Wakeup();
  readonly #stop = new AbortController();
  #open = false;
  #inFlight = 0;
  /** Those whose request is to be made again after a while. */
  readonly #repeating = new Set<Job>();
  #slice: Slice | undefined;
  readonly #running: Promise<void>;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
    this.#running = this.#run();
  }

  get queued(): number {
    return this.#queue.length;
  }

  /** Requests may leave, or, from this very moment on, may not. */
  allow(open: boolean): void {
    this.#open = open;
    if (open) this.#wakeup.ring();
    else this.#pump();
  }

  grant(licences: readonly Licence[]): void {
    const grantedAt = this.#deps.clock.monotonicMs();
    const jobs = licences.map((licence): Job => ({
      licence,
      grantedAt,
      parts: [],
      part: 0,
      accepted: [],
      moves: 0,
      repeats: 0,
    }));
    this.#queue = [...jobs.reverse(), ...this.#queue];
    this.#wakeup.ring();
  }

  /** Voids the licences that `which` names and have not left; their result is "not accepted" (R6). */
  tearUp(which: (licence: Licence) => boolean, reason: string): void {
    const kept = this.#queue.filter(({ licence }) => !which(licence));
    const torn = this.#queue.filter(({ licence }) => which(licence));
    this.#queue = kept;
    for (const job of this.#repeating)
      if (which(job.licence) && this.#repeating.delete(job)) torn.push(job);
    for (const job of torn) this.#finish(job, { kind: 'notAccepted', reason });
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#inFlight > 0) await this.#idle.wait(100);
  }

  async close(): Promise<void> {
    this.#open = false;
    this.#stop.abort();
    this.#wakeup.ring();
    await this.#running;
    await this.idle();
  }

  async #run(): Promise<void> {
    const { clock, governor, pace } = this.#deps;
    while (!this.#stop.signal.aborted) {
      if (!this.#open || this.#queue.length === 0) {
        await this.#wakeup.wait(60_000);
        continue;
      }
      const weight = Math.min(pace.slice, LARGEST_SLICE);
      const wait = pace.waitFor(weight, clock.monotonicMs()) - QUEUEING_MS;
      if (wait > 0) await clock.sleep(wait, this.#stop.signal);
      await governor.slice(
        PRIORITY.broadcast,
        weight,
        () => this.#begin(weight),
        this.#stop.signal,
      );
    }
  }

  /** Starts up to `weight` requests; fewer when licences, permission or time run out. Gives how many left. */
  async #begin(weight: number): Promise<number> {
    const { clock, pace } = this.#deps;
    const wait = pace.waitFor(weight, clock.monotonicMs());
    if (wait > 0) await clock.sleep(wait, this.#stop.signal);
    const until = clock.monotonicMs() + LONGEST_SLICE_MS;
    const started = await new Promise<number>((done) => {
      this.#slice = { left: weight, started: 0, until, done };
      this.#pump();
    });
    if (started > 0) pace.started(started, clock.monotonicMs());
    return started;
  }

  /** Lets leave what the slice at hand allows; called again with every answer. */
  #pump(): void {
    const slice = this.#slice;
    if (!slice) return;
    const { clock, connector, governor, concurrency } = this.#deps;
    let departure: Departure | undefined;
    let over = governor.pausedMs > 0 || clock.monotonicMs() > slice.until;
    while (!over && slice.left > 0 && this.#inFlight < concurrency * connector.batch) {
      const job = this.#next();
      if (job) {
        slice.left -= 1;
        slice.started += 1;
        departure ??= this.#departure();
        this.#launch(job, departure);
      } else over = true;
    }
    if (!over && slice.left > 0) return;
    this.#slice = undefined;
    slice.done(slice.started);
  }

  #next(): Job | undefined {
    const now = this.#deps.clock.monotonicMs();
    while (this.#open && !this.#stop.signal.aborted) {
      const job = this.#queue.pop();
      if (job) this.#deps.taken(this.#queue.length);
      if (!job || now - job.grantedAt < LICENCE_MS) return job;
      this.#finish(job, { kind: 'notAccepted', reason: 'licence_expired' });
    }
    return undefined;
  }

  #departure(): Departure {
    const now = this.#deps.clock.now();
    const { delivered, opened } = this.#deps.connector.capabilities.reports;
    return { now, startedAt: delivered || opened ? Date.parse(now) : undefined };
  }

  #launch(job: Job, { now, startedAt }: Departure): void {
    const { licence } = job;
    if (job.parts.length === 0) job.parts = this.#deps.compiled()?.render(licence.target) ?? [];
    while (licence.done.has(job.part)) job.part += 1;
    const part = job.parts[job.part];
    if (!part) {
      this.#finish(job, { kind: 'accepted' });
      return;
    }
    const { connector, sender } = this.#deps;
    if (licence.keySince !== undefined && !isKeyGood(licence.keySince, now)) {
      this.#finish(job, { kind: 'notAccepted', reason: 'key_too_old' });
      return;
    }
    this.#inFlight += 1;
    void connector.send(sender(), licence.address, part).then((result) => {
      this.#inFlight -= 1;
      this.#answered(job, result, startedAt);
      this.#pump();
      if (this.#inFlight === 0) this.#idle.ring();
    });
  }

  #answered(job: Job, result: SendResult, startedAt: number | undefined): void {
    const { licence } = job;
    if (result.result === 'moved' && job.moves < MOVES) {
      job.moves += 1;
      this.#deps.moved(licence.address, result.address);
      licence.address = result.address;
      this.#again(job);
    } else if (result.result === 'accepted') {
      job.accepted.push(
        startedAt === undefined ? [job.part, result.id] : [job.part, result.id, startedAt],
      );
      job.part += 1;
      job.repeats = 0;
      while (licence.done.has(job.part)) job.part += 1;
      if (job.part < job.parts.length) this.#again(job);
      else this.#finish(job, { kind: 'accepted' });
    } else if (this.#mayRepeat(job, result)) this.#repeatLater(job);
    else this.#finish(job, this.#deps.judge(licence, result));
  }

  /** With its key a request may be made again; then only an acceptance says more than nothing. */
  #mayRepeat({ licence, repeats }: Job, { result }: SendResult): boolean {
    const isLost = result === 'unknown' || (repeats > 0 && result === 'later');
    return licence.keySince !== undefined && isLost && repeats < REPEATS;
  }

  #repeatLater(job: Job): void {
    job.repeats += 1;
    this.#repeating.add(job);
    void this.#deps.clock.sleep(REPEAT_AFTER_MS, this.#stop.signal).then(() => {
      if (this.#repeating.delete(job)) this.#again(job);
    });
  }

  /** The rest of a recipient leaves next; after a hold or stop it is torn up like everything else. */
  #again(job: Job): void {
    this.#queue.push(job);
    this.#wakeup.ring();
  }

  #finish({ licence, accepted, repeats }: Job, result: AttemptResult): void {
    const { index, window } = licence;
    const attempt = { index, window, parts: accepted };
    if (repeats === 0) this.#deps.settled({ ...attempt, result });
    else {
      const isAccepted = result.kind === 'accepted';
      const told = isAccepted ? result : ({ kind: 'unknown', reason: 'repeated' } as const);
      this.#deps.settled({ ...attempt, result: told, repeated: true });
    }
  }
}
