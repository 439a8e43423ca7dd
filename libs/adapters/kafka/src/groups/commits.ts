import { Unavailable, type Clock, type Log } from '@crier/kernel';
import { described } from '../errors.ts';
import type { Desk } from '../link/desk.ts';
import { pauseMs, within } from '../signal.ts';
import type { Place } from './coordination.ts';

/** How far a partition was dealt with, by somebody who may lose it before that is told. */
export interface Mark {
  readonly topic: string;
  readonly partition: number;
  readonly next: bigint;
  /** Whether the partition has never been lost since. */
  readonly valid: () => boolean;
}

export interface CommitOptions {
  readonly group: string;
  readonly place: () => Place | undefined;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly log: Log;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
const SETTLE_MS = 3_000;

/** Tells the group how far its partitions were dealt with: all that is new in one request, one request at a time. */
export class Commits {
  readonly #options: CommitOptions;
  readonly #marks = new Map<string, Mark>();
  readonly #giveUp = new AbortController();
  #telling: Promise<void> | undefined;

  constructor(options: CommitOptions) {
    this.#options = options;
  }

  mark(mark: Mark): void {
    this.#marks.set(`${mark.topic}/${mark.partition}`, mark);
    this.#telling ??= this.#tellAll();
  }

  /** Resolves when all marks are told, or after 3 s in vain: what was not told comes again. */
  async settle(): Promise<void> {
    if (this.#telling) await within(this.#telling, SETTLE_MS, this.#options.clock);
  }

  close(): void {
    this.#giveUp.abort();
  }

  async #tellAll(): Promise<void> {
    const { group, clock, log } = this.#options;
    await Promise.resolve(); // what was done in the same turn is told together
    for (let failures = 0; this.#marks.size > 0 && !this.#giveUp.signal.aborted;) {
      for (const [place, { valid }] of this.#marks) if (!valid()) this.#marks.delete(place);
      const marks = [...this.#marks];
      try {
        await this.#tell(marks.map(([, mark]) => mark));
        failures = 0;
        this.#told(marks);
      } catch (error) {
        failures += 1;
        log.debug('offsets not committed yet', { group, failures, reason: described(error) });
        await clock.sleep(pauseMs(failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS), this.#giveUp.signal);
      }
    }
    this.#telling = undefined;
  }

  #told(marks: readonly (readonly [string, Mark])[]): void {
    for (const [place, mark] of marks)
      if (this.#marks.get(place) === mark) this.#marks.delete(place);
  }

  async #tell(marks: readonly Mark[]): Promise<void> {
    const { group, place, desk } = this.#options;
    if (!place()) throw new Unavailable('Not a member of the group now', { group });
    await desk.ask(async (link) => {
      const [first] = marks;
      if (!first) return;
      const coordinator = await link.coordinator(group, first.topic);
      const who = place();
      // Asked again after every wait: a partition that was lost meanwhile is not ours to speak of.
      const valid = marks.filter((mark) => mark.valid());
      if (valid.length === 0 || !who) return;
      await coordinator.offsetCommit({
        groupId: group,
        memberId: who.memberId,
        groupGenerationId: who.generation,
        topics: topicsOf(valid),
      });
    });
  }
}

const topicsOf = (marks: readonly Mark[]) =>
  [...new Set(marks.map(({ topic }) => topic))].map((topic) => ({
    topic,
    partitions: marks
      .filter((mark) => mark.topic === topic)
      .map(({ partition, next }) => ({ partition, offset: next.toString() })),
  }));
