import type { BatchHandler, Clock, Log, OwnershipOptions } from '@crier/kernel';
import { described } from '../errors.ts';
import type { Desk } from '../link/desk.ts';
import { Feed } from '../reading/feed.ts';
import type { Reader } from '../reading/reader.ts';
import { readTable } from '../reading/table.ts';
import { pauseMs } from '../signal.ts';
import type { Commits } from './commits.ts';

/** What a member of a group reads, and in the case of an owner, what it wants to be told. */
export interface Claimant {
  readonly group: string;
  readonly logs: Readonly<Record<string, BatchHandler>>;
  readonly owner?: Pick<OwnershipOptions, 'table' | 'onAssigned' | 'onChange' | 'onRevoked'>;
}

export interface TenureParts {
  readonly claimant: Claimant;
  readonly reader: Reader;
  readonly commits: Commits;
  readonly desk: Desk;
  readonly trusted: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** One partition in the hands of one member: from assignment until it is given back or lost. */
export class Tenure {
  readonly #parts: TenureParts;
  readonly #partition: number;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  readonly #feeds: Feed[] = [];
  #told = false;
  #lost = false;
  /** Nothing is committed from here on: others may hold the partition. */
  #over = false;

  /** `after`: when whoever held the partition before, in this process, has let go of it. */
  constructor(parts: TenureParts, partition: number, after: Promise<void>) {
    this.#parts = parts;
    this.#partition = partition;
    this.#running = this.#run(after);
  }

  /** Gives no more messages. Resolves when what the handlers did is committed and the owner knows that it is one no more. */
  giveBack(): Promise<void> {
    return this.#end();
  }

  /** The same, but others may hold it already: nothing is committed from here on. */
  lose(): Promise<void> {
    this.#lost = true;
    this.#over = true;
    return this.#end();
  }

  async #end(): Promise<void> {
    const { reader, commits } = this.#parts;
    this.#stopping.abort();
    for (const feed of this.#feeds) reader.remove(feed);
    const ended = Promise.all(this.#feeds.map((feed) => feed.stop()));
    // What is lost is said at once; what is given back, when nobody works on it any more.
    if (!this.#lost) await ended;
    await this.#running;
    if (!this.#lost) await commits.settle();
    this.#over = true;
    await this.#revoke();
    await ended;
  }

  async #revoke(): Promise<void> {
    if (!this.#told) return;
    this.#told = false;
    const partition = this.#partition;
    try {
      await this.#parts.claimant.owner?.onRevoked(partition);
    } catch (error) {
      this.#parts.log.warn('owner failed to let go', { partition, error });
    }
  }

  async #run(after: Promise<void>): Promise<void> {
    await after;
    const { claimant, commits } = this.#parts;
    const changes = await this.#insist(() => this.#assign());
    if (changes) this.#feed(changes.topic, changes.from, changes.onBatch, () => undefined);
    for (const [topic, from] of (await this.#insist(() => this.#committed())) ?? []) {
      const partition = this.#partition;
      const onBatch = claimant.logs[topic];
      if (!onBatch) continue;
      this.#feed(topic, from, onBatch, (next) => {
        commits.mark({ topic, partition, next, valid: () => !this.#over });
      });
    }
  }

  /** Tries until it succeeds; resolves to undefined when the tenure ends first. */
  async #insist<T>(act: () => Promise<T>): Promise<T | undefined> {
    const { clock, log } = this.#parts;
    const { signal } = this.#stopping;
    for (let failures = 1; !signal.aborted; failures += 1)
      try {
        return await act();
      } catch (error) {
        const reason = described(error);
        log.warn('partition will be assigned again', {
          partition: this.#partition,
          failures,
          reason,
        });
        await clock.sleep(pauseMs(failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS), signal);
      }
    return undefined;
  }

  async #assign() {
    const { claimant, desk, log } = this.#parts;
    const { owner } = claimant;
    if (!owner) return undefined;
    const place = { topic: owner.table, partition: this.#partition };
    const { entries, next } = await desk.ask((link) => readTable(link, place, log));
    if (this.#stopping.signal.aborted) return undefined;
    await owner.onAssigned(this.#partition, entries);
    this.#told = true;
    return { topic: owner.table, from: next, onBatch: owner.onChange };
  }

  /** Where the group goes on in each log: after what it committed, or at the beginning. */
  async #committed(): Promise<readonly (readonly [string, bigint])[]> {
    const { claimant, desk } = this.#parts;
    const partition = this.#partition;
    const topics = Object.keys(claimant.logs).map((topic) => ({
      topic,
      partitions: [{ partition }],
    }));
    const [first] = topics;
    if (!first) return [];
    return desk.ask(async (link) => {
      const coordinator = await link.coordinator(claimant.group, first.topic);
      const { responses } = await coordinator.offsetFetch({ groupId: claimant.group, topics });
      return Promise.all(
        responses.map(async ({ topic, partitions }) => {
          const offset = BigInt(partitions[0]?.offset ?? -1);
          return [topic, offset >= 0n ? offset : await link.earliest(topic, partition)] as const;
        }),
      );
    });
  }

  #feed(topic: string, from: bigint, onBatch: BatchHandler, onDone: (next: bigint) => void): void {
    if (this.#stopping.signal.aborted) return;
    const { reader, trusted, clock, log } = this.#parts;
    const onHungry = (): void => {
      reader.look();
    };
    const partition = this.#partition;
    const feed = new Feed({
      topic,
      partition,
      from,
      onBatch,
      trusted,
      onDone,
      onHungry,
      clock,
      log,
    });
    this.#feeds.push(feed);
    reader.add(feed);
  }
}
