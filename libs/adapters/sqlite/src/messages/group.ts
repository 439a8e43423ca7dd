import type { Subscription } from '@crier/kernel';
import type { Reading } from './feed.ts';
import { Holding, type Claim } from './holding.ts';

interface Held {
  readonly claim: Claim;
  readonly holding: Holding;
}

/** Shares all partitions evenly among its members; nobody gets one before its former holder has let go. */
export class Group {
  readonly #reading: Reading;
  readonly #partitions: number;
  readonly #held = new Map<number, Held>();
  #members: readonly Claim[] = [];
  #sharing: Promise<void> = Promise.resolve();

  constructor(reading: Reading, partitions: number) {
    this.#reading = reading;
    this.#partitions = partitions;
  }

  /** The new member gets its share as soon as the others have let go of it. */
  join(claim: Claim): Subscription {
    this.#members = [...this.#members, claim];
    void this.#share();
    return {
      close: () => {
        this.#members = this.#members.filter((member) => member !== claim);
        return this.#share();
      },
    };
  }

  /** Resolves when everybody has let go of everything. */
  dissolve(): Promise<void> {
    this.#members = [];
    return this.#share();
  }

  #share(): Promise<void> {
    this.#sharing = this.#sharing.then(() => this.#rebalance());
    return this.#sharing;
  }

  async #rebalance(): Promise<void> {
    const members = this.#members;
    const ownerOf = (partition: number): Claim | undefined =>
      members[partition % Math.max(1, members.length)];

    const moving = [...this.#held].filter(([at, { claim }]) => ownerOf(at) !== claim);
    await Promise.all(moving.map(([, { holding }]) => holding.stop()));
    for (const [at] of moving) this.#held.delete(at);

    for (let at = 0; at < this.#partitions; at += 1) {
      const claim = ownerOf(at);
      if (!claim || this.#held.has(at)) continue;
      this.#held.set(at, { claim, holding: new Holding(this.#reading, claim, at) });
    }
  }
}
