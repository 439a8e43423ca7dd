import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { inOneCommit } from './transactions.ts';

interface Waiting {
  readonly work: () => unknown;
  readonly settle: (outcome: { readonly value: unknown } | { readonly error: unknown }) => void;
}

/** Writes that are asked for in the same turn share one commit, and so one fsync. */
export class GroupedWrites {
  readonly #db: DatabaseSync;
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | undefined;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Resolves when `work` is on the disk. @throws Unavailable; then no write of the group is. */
  async write<Value>(work: () => Value): Promise<Value> {
    const outcome = await new Promise<Parameters<Waiting['settle']>[0]>((settle) => {
      this.#waiting.push({ work, settle });
      this.#flushing ??= this.#flush();
    });
    if ('error' in outcome) throw outcome.error;
    return outcome.value as Value;
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    await this.#flushing;
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      await turn();
      const group = this.#waiting;
      this.#waiting = [];
      try {
        const values = await inOneCommit(this.#db, () => group.map(({ work }) => work()));
        group.forEach(({ settle }, index) => {
          settle({ value: values[index] });
        });
      } catch (error) {
        for (const { settle } of group) settle({ error });
      }
    }
    this.#flushing = undefined;
  }
}
