import type { Compiled, Connector, Part, RenderTarget, Sender, SendResult } from '@crier/connector';
import type { Clock, Revision } from '@crier/kernel';
import type { Pace } from '../domain/pace.ts';
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
}

interface Job extends Licence {
  readonly grantedAt: number;
  parts: readonly Part[];
  part: number;
  readonly accepted: [part: number, id: string][];
  moves: number;
}

export interface SenderDeps {
  readonly clock: Clock;
  readonly connector: Connector;
  readonly governor: Governor;
  readonly sender: Sender;
  readonly pace: Pace;
  /** Requests of this lane under way at once, at most. */
  readonly concurrency: number;
  /** What a refusal means beyond this recipient, decided by the lane; gives the result to store. */
  readonly judge: (licence: Licence, result: SendResult) => AttemptResult;
  /** The person's address at this bot is another one now. */
  readonly moved: (from: string, to: string) => void;
  /** A recipient is settled in memory. */
  readonly settled: (attempt: Attempt) => void;
}

/** A licence is not used later than this after it was granted: one that wakes up rarely sends what was ordered again. */
const LICENCE_MS = 15_000;
const MOVES = 3;
/** The governor's queue takes about so long even when it is empty: a slice asks that much before it is due. */
const QUEUEING_MS = 6;

/** Sends what it holds licences for, at the lane's pace, through the bot's governor, one slice waiting there at a time. */
export class LaneSender {
  readonly #deps: SenderDeps;
  readonly #queue: Job[] = [];
  readonly #wakeup = new Wakeup();
  readonly #slot = new Wakeup();
  readonly #stop = new AbortController();
  #compiled: Compiled | undefined;
  #open = false;
  #inFlight = 0;
  readonly #running: Promise<void>;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
    this.#running = this.#run();
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get queued(): number {
    return this.#queue.length;
  }

  use(compiled: Compiled): void {
    this.#compiled = compiled;
  }

  /** Requests may leave, or, from this very moment on, may not. */
  allow(open: boolean): void {
    this.#open = open;
    if (open) this.#wakeup.ring();
  }

  grant(licences: readonly Licence[]): void {
    const grantedAt = this.#deps.clock.monotonicMs();
    for (const licence of licences)
      this.#queue.push({ ...licence, grantedAt, parts: [], part: 0, accepted: [], moves: 0 });
    this.#wakeup.ring();
  }

  /** Voids the licences that `which` names and have not left; their result is "not accepted" (R6). */
  tearUp(which: (licence: Licence) => boolean, reason: string): void {
    const kept = this.#queue.filter((job) => !which(job));
    const torn = this.#queue.filter(which);
    this.#queue.splice(0, this.#queue.length, ...kept);
    for (const job of torn) this.#finish(job, { kind: 'notAccepted', reason });
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#inFlight > 0) await this.#slot.wait(100);
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
      const weight = Math.max(1, Math.min(pace.slice, this.#queue.length));
      const wait = pace.waitFor(weight, clock.monotonicMs()) - QUEUEING_MS;
      if (wait > 0) await clock.sleep(wait, this.#stop.signal);
      await governor.slice(
        PRIORITY.broadcast,
        weight,
        () => this.#slice(weight),
        this.#stop.signal,
      );
    }
  }

  /** Starts up to `weight` requests; fewer when licences or permission run out. Gives how many left. */
  async #slice(weight: number): Promise<number> {
    const { clock, governor, pace, concurrency } = this.#deps;
    let left = 0;
    const wait = pace.waitFor(weight, clock.monotonicMs());
    if (wait > 0) await clock.sleep(wait, this.#stop.signal);
    while (left < weight && governor.pausedMs === 0) {
      while (this.#inFlight >= concurrency) await this.#slot.wait(1_000);
      const job = this.#next();
      if (!job) break;
      this.#launch(job);
      left += 1;
    }
    if (left > 0) pace.started(left, clock.monotonicMs());
    return left;
  }

  #next(): Job | undefined {
    const now = this.#deps.clock.monotonicMs();
    while (this.#open && !this.#stop.signal.aborted) {
      const job = this.#queue.shift();
      if (!job || now - job.grantedAt < LICENCE_MS) return job;
      this.#finish(job, { kind: 'notAccepted', reason: 'licence_expired' });
    }
    return undefined;
  }

  #launch(job: Job): void {
    if (job.parts.length === 0) job.parts = this.#compiled?.render(job.target) ?? [];
    while (job.done.has(job.part)) job.part += 1;
    const part = job.parts[job.part];
    if (!part) {
      this.#finish(job, { kind: 'accepted' });
      return;
    }
    this.#inFlight += 1;
    const { connector, sender } = this.#deps;
    void connector.send(sender, job.address, part).then((result) => {
      this.#inFlight -= 1;
      this.#answered(job, result);
      this.#slot.ring();
    });
  }

  #answered(job: Job, result: SendResult): void {
    if (result.result === 'moved' && job.moves < MOVES) {
      job.moves += 1;
      this.#deps.moved(job.address, result.address);
      job.address = result.address;
      this.#again(job);
    } else if (result.result === 'accepted') {
      job.accepted.push([job.part, result.id]);
      job.part += 1;
      while (job.done.has(job.part)) job.part += 1;
      if (job.part < job.parts.length) this.#again(job);
      else this.#finish(job, { kind: 'accepted' });
    } else this.#finish(job, this.#deps.judge(job, result));
  }

  /** The rest of a recipient leaves next; after a hold or stop it is torn up like everything else. */
  #again(job: Job): void {
    this.#queue.unshift(job);
    this.#wakeup.ring();
  }

  #finish({ index, window, accepted }: Job, result: AttemptResult): void {
    this.#deps.settled({ index, window, result, parts: accepted });
  }
}
