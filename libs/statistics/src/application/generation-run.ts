import {
  comparePositions,
  type Clock,
  type EventStore,
  type Instant,
  type Log,
  type Position,
  type StoredEvent,
  type SubscriptionBatch,
  type Steps,
} from '@crier/kernel';
import { streamPrefixes } from '@crier/contracts';
import { faultOf, fieldOf, Unappliable, type Fault } from './faults.ts';
import { ReadModelFold } from './read-model-fold.ts';
import type { Generation, GenerationTables, ReadModelWriter } from './read-model-writer.ts';

export interface ProjectorDeps {
  readonly store: EventStore;
  readonly writer: ReadModelWriter;
  readonly clock: Clock;
  readonly log: Log;
  /** Lifts older shapes of events. */
  readonly steps?: Steps;
  /** Called for every event: milliseconds from its recording until it can be read. */
  readonly onLag?: (ms: number) => void;
  /** Pause after a commit once nothing more is stored, so that a trickle shares commits. 25 ms by default. */
  readonly lingerMs?: number;
}

export interface RunStatus {
  readonly generation: number;
  readonly state: 'running' | 'ended' | 'stopped';
  readonly position: Position | undefined;
  readonly recordedAt: Instant | undefined;
  /** Nothing more was stored when it last looked. */
  readonly caughtUp: boolean;
  readonly fault?: Fault;
}

const PREFIXES = Object.values(streamPrefixes);
const BATCH_SIZE = 500;
const LINGER_MS = 25;
const FIRST_BACKOFF_MS = 100;
const LAST_BACKOFF_MS = 5_000;
const BEGINNING: Position = '0';

/**
 * Keeps one generation up with the store: events are read at least once and take effect exactly once, because the position is
 * stored with what it folded. Outages are waited out; before an event that cannot be applied it stands still.
 */
export class GenerationRun {
  readonly #deps: ProjectorDeps;
  readonly #tables: GenerationTables;
  readonly #number: number;
  readonly #stopping = new AbortController();
  #position: Position | undefined;
  #recordedAt: Instant | undefined;
  #caughtUp = false;
  #serves = false;
  #fault: Fault | undefined;
  #running: Promise<void> | undefined;
  #backoffMs = FIRST_BACKOFF_MS;

  constructor(deps: ProjectorDeps, { number, position, recordedAt }: Generation) {
    this.#deps = deps;
    this.#number = number;
    this.#tables = deps.writer.tables(number);
    this.#position = position;
    this.#recordedAt = recordedAt;
  }

  get generation(): number {
    return this.#number;
  }

  /** From here on its lag is the readers' lag, and told. */
  serve(): void {
    this.#serves = true;
  }

  /** `onCaughtUp` is awaited whenever everything stored so far is folded. */
  start(onCaughtUp: () => Promise<void> = () => Promise.resolve()): void {
    this.#running ??= this.#keep(onCaughtUp);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Resolves when it has come to an end: stopped, or before an event that cannot be applied. */
  async ended(): Promise<void> {
    await this.#running;
  }

  status(): RunStatus {
    const { aborted } = this.#stopping.signal;
    return {
      generation: this.#number,
      state: this.#fault ? 'stopped' : aborted ? 'ended' : 'running',
      position: this.#position,
      recordedAt: this.#recordedAt,
      caughtUp: this.#caughtUp,
      ...(this.#fault && { fault: this.#fault }),
    };
  }

  async #keep(onCaughtUp: () => Promise<void>): Promise<void> {
    const { clock, log } = this.#deps;
    const { signal } = this.#stopping;
    while (!signal.aborted && !this.#fault)
      try {
        await this.#follow(onCaughtUp);
      } catch (error) {
        if (fieldOf(error, 'verdict') === 'retry') {
          log.warn('read models wait for a store', { error: String(error) });
          await clock.sleep(this.#backoffMs, signal);
          this.#backoffMs = Math.min(this.#backoffMs * 2, LAST_BACKOFF_MS);
          await this.#takePosition().catch(() => undefined);
        } else this.#stand(error instanceof Unappliable ? error.fault : faultOf(error));
      }
  }

  #stand(fault: Fault): void {
    this.#fault = fault;
    this.#deps.log.error('read models stand still before an event that cannot be applied', {
      generation: this.#number,
      ...fault,
    });
  }

  async #follow(onCaughtUp: () => Promise<void>): Promise<void> {
    const { store, clock, lingerMs = LINGER_MS } = this.#deps;
    const { signal } = this.#stopping;
    const fold = this.#newFold();
    const batches = store.subscribe({
      ...(this.#position === undefined ? {} : { after: this.#position }),
      prefixes: PREFIXES,
      batchSize: BATCH_SIZE,
      signal,
    });
    for await (const batch of batches) {
      if (this.#isNews(batch) && !(await this.#take(fold, batch))) {
        // Another writer moved the generation: what is at hand is outdated.
        await this.#takePosition();
        return;
      }
      this.#backoffMs = FIRST_BACKOFF_MS;
      this.#caughtUp = batch.caughtUp;
      if (!batch.caughtUp) continue;
      await onCaughtUp();
      await clock.sleep(lingerMs, signal);
    }
  }

  #newFold(): ReadModelFold {
    return new ReadModelFold(this.#tables, this.#deps.steps);
  }

  #isNews({ position }: SubscriptionBatch): boolean {
    return comparePositions(position, this.#position ?? BEGINNING) > 0;
  }

  /** A batch folded and stored; false where the generation does not stand where this fold began. */
  async #take(fold: ReadModelFold, batch: SubscriptionBatch): Promise<boolean> {
    const after = this.#position ?? BEGINNING;
    const fresh = batch.events.filter(({ position }) => comparePositions(position, after) > 0);
    const { applied, error } = await this.#apply(fold, fresh);
    if (error === undefined) return this.#commit(fold, fresh, batch.position);
    if (await this.#wasOvertaken()) return false;
    await this.#takeUntil(fresh.slice(0, applied));
    throw new Unappliable(faultOf(error, fresh[applied]));
  }

  /** What a rival stored meanwhile does not fit this fold, and is no fault. */
  async #wasOvertaken(): Promise<boolean> {
    const before = this.#position;
    await this.#takePosition();
    return this.#position !== before;
  }

  /** How many could be applied, and what the next one said. Outages are thrown. */
  async #apply(
    fold: ReadModelFold,
    events: readonly StoredEvent[],
  ): Promise<{ applied: number; error?: unknown }> {
    for (const [applied, event] of events.entries())
      try {
        await fold.fold(event);
      } catch (error) {
        if (fieldOf(error, 'verdict') === 'retry') throw error;
        return { applied, error };
      }
    return { applied: events.length };
  }

  /** What stands before a bad event is folded anew, because the bad one spoilt the fold. */
  async #takeUntil(good: readonly StoredEvent[]): Promise<void> {
    const last = good.at(-1);
    if (!last) return;
    const fold = this.#newFold();
    await this.#apply(fold, good);
    await this.#commit(fold, good, last.position);
  }

  async #commit(
    fold: ReadModelFold,
    events: readonly StoredEvent[],
    position: Position,
  ): Promise<boolean> {
    const recordedAt = events.at(-1)?.metadata.recordedAt ?? this.#recordedAt;
    const changes = fold.changes();
    const step = { after: this.#position, position, recordedAt, changes };
    if (!(await this.#tables.commit(step))) return false;
    fold.stored();
    this.#position = position;
    this.#recordedAt = recordedAt;
    this.#tellLag(events);
    return true;
  }

  #tellLag(events: readonly StoredEvent[]): void {
    const { onLag, clock } = this.#deps;
    if (!onLag || !this.#serves) return;
    const now = Date.parse(clock.now());
    for (const { metadata } of events) onLag(now - Date.parse(metadata.recordedAt));
  }

  /** Where the generation stands in truth. */
  async #takePosition(): Promise<void> {
    const all = await this.#deps.writer.generations();
    const own = all.find(({ number }) => number === this.#number);
    this.#position = own?.position;
    this.#recordedAt = own?.recordedAt;
  }
}
