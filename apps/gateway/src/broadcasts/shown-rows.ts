import type { Channel } from '@crier/contracts';
import type { Clock } from '@crier/kernel';
import type { BroadcastRow } from '@crier/statistics';
import type { ContentChecker } from '../ports/content-checker.ts';

/** A row as clients get it. */
export interface ShownRow extends Omit<BroadcastRow, 'elements'> {
  /** Elements of the message that each channel shows. A channel with none gets no recipients. */
  readonly elementCounts: Readonly<Record<Channel, number>>;
}

/** Rows are shown far more often than channels come and go. */
const FRESH_MS = 5_000;

interface Known {
  readonly since: number;
  readonly channels: Promise<readonly Channel[]>;
}

/** Shows rows to clients: with what the message has for every channel that there is. */
export class ShownRows {
  readonly #checker: ContentChecker;
  readonly #clock: Clock;
  #known: Known | undefined;

  constructor(checker: ContentChecker, clock: Clock) {
    this.#checker = checker;
    this.#clock = clock;
  }

  /** @throws Unavailable where the channels were never known */
  async one({ elements, ...row }: BroadcastRow): Promise<ShownRow> {
    if (elements === null) return { ...row, elementCounts: {} };
    const others = (await this.#channels()).map((channel) => [channel, elements.others] as const);
    return { ...row, elementCounts: { ...Object.fromEntries(others), ...elements.own } };
  }

  /** @throws Unavailable where the channels were never known */
  all(rows: readonly BroadcastRow[]): Promise<readonly ShownRow[]> {
    return Promise.all(rows.map((row) => this.one(row)));
  }

  /** Where they cannot be asked for, those known last: a table does not vanish with the bus. */
  #channels(): Promise<readonly Channel[]> {
    const before = this.#known;
    const since = this.#clock.monotonicMs();
    if (before && since - before.since < FRESH_MS) return before.channels;
    const channels = this.#checker.channels().catch((error: unknown) => {
      if (before) return before.channels;
      this.#known = undefined;
      throw error;
    });
    this.#known = { since, channels };
    return channels;
  }
}
