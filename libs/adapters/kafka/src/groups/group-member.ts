import type { Subscription } from '@crier/kernel';
import type { OpenLink } from '../link/link.ts';
import { Reader } from '../reading/reader.ts';
import { within } from '../signal.ts';
import { Commits } from './commits.ts';
import { Membership } from './membership.ts';
import { Tenure, type Claimant, type TenureParts } from './tenure.ts';

export interface GroupMemberOptions extends Pick<TenureParts, 'desk' | 'clock' | 'log'> {
  readonly claimant: Claimant;
  /** How many partitions each of its topics has. */
  readonly partitions: number;
  readonly sessionTimeoutMs: number;
  readonly open: OpenLink;
}

/** A partition that is being given back is kept from others for so long at most. */
const HANDOVER_MS = 10_000;

/** One member of a group with all it holds. */
export class GroupMember implements Subscription {
  readonly #parts: TenureParts;
  readonly #membership: Membership;
  readonly #tenures = new Map<number, Tenure>();
  /** What is being let go of: a partition that comes back waits for it. */
  readonly #leaving = new Map<number, Promise<void>>();
  /** Of these, what others shall not get yet. */
  readonly #handedOver = new Set<number>();
  #closing: Promise<void> | undefined;

  constructor(options: GroupMemberOptions) {
    const { claimant, desk, clock, log, open, partitions, sessionTimeoutMs } = options;
    const { group, logs, owner } = claimant;
    const topics = [...(owner ? [owner.table] : []), ...Object.keys(logs)];
    this.#membership = new Membership({
      ...{ group, topics, partitions, sessionTimeoutMs, open, desk, clock, log },
      held: () => [...this.#tenures.keys(), ...this.#handedOver],
      onAssigned: (given) => {
        this.#hold(new Set(given));
      },
      onLost: () => {
        this.#loseAll();
      },
    });
    const membership = this.#membership;
    this.#parts = {
      ...{ claimant, desk, clock, log },
      reader: new Reader(open, topics, clock, log),
      commits: new Commits({ group, desk, clock, log, place: () => membership.place }),
      trusted: () => membership.trusted,
    };
  }

  /** Takes no further message; resolves when all handlers have ended, what they did is committed, and the group was left. */
  close(): Promise<void> {
    this.#closing ??= this.#leave();
    return this.#closing;
  }

  async #leave(): Promise<void> {
    for (const partition of [...this.#tenures.keys()]) void this.#giveBack(partition);
    await Promise.all(this.#leaving.values());
    await this.#membership.close();
    await Promise.all(this.#leaving.values());
    this.#parts.commits.close();
    await this.#parts.reader.close();
  }

  #hold(given: ReadonlySet<number>): void {
    const going = [...this.#tenures.keys()].filter((partition) => !given.has(partition));
    if (going.length > 0) void this.#handOver(going);
    if (this.#closing) return;
    for (const partition of given) {
      if (this.#tenures.has(partition)) continue;
      const after = this.#leaving.get(partition) ?? Promise.resolve();
      this.#handedOver.delete(partition);
      this.#tenures.set(partition, new Tenure(this.#parts, partition, after));
    }
  }

  /** Others get these when the handlers have ended here, or after 10 s in any case. */
  async #handOver(partitions: readonly number[]): Promise<void> {
    const ended = Promise.all(partitions.map((partition) => this.#giveBack(partition)));
    await within(ended, HANDOVER_MS, this.#parts.clock);
    for (const partition of partitions) this.#handedOver.delete(partition);
    if (!this.#closing) this.#membership.rejoin();
  }

  #giveBack(partition: number): Promise<void> {
    this.#handedOver.add(partition);
    return this.#end(partition, (tenure) => tenure.giveBack()).finally(() => {
      this.#handedOver.delete(partition);
    });
  }

  #loseAll(): void {
    this.#handedOver.clear();
    for (const partition of [...this.#tenures.keys()])
      void this.#end(partition, (tenure) => tenure.lose());
  }

  async #end(partition: number, end: (tenure: Tenure) => Promise<void>): Promise<void> {
    const tenure = this.#tenures.get(partition);
    if (!tenure) return;
    this.#tenures.delete(partition);
    const ending = end(tenure);
    this.#leaving.set(partition, ending);
    await ending;
    if (this.#leaving.get(partition) === ending) this.#leaving.delete(partition);
  }
}
