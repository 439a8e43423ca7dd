import type { Part, SendResult, Sender } from './connector.ts';

/** One message that waits for company. */
export interface Letter {
  readonly address: string;
  readonly part: Part;
}

interface Waiting extends Letter {
  readonly done: (result: SendResult) => void;
}

/**
 * Lets messages of one sender (the same object) that are sent in the same turn of the event loop leave together. The caller sends one by one
 * and hears of each; only `deliver` knows how many a request carries.
 */
export class Together {
  readonly #deliver: (sender: Sender, letters: readonly Letter[]) => Promise<readonly SendResult[]>;
  readonly #waiting = new Map<Sender, Waiting[]>();

  /** `deliver` never rejects, and gives one result for each letter, in order. */
  constructor(
    deliver: (sender: Sender, letters: readonly Letter[]) => Promise<readonly SendResult[]>,
  ) {
    this.#deliver = deliver;
  }

  send(sender: Sender, { address, part }: Letter): Promise<SendResult> {
    return new Promise((done) => {
      const known = this.#waiting.get(sender);
      if (known) known.push({ address, part, done });
      else {
        this.#waiting.set(sender, [{ address, part, done }]);
        queueMicrotask(() => void this.#leave(sender));
      }
    });
  }

  async #leave(sender: Sender): Promise<void> {
    const letters = this.#waiting.get(sender) ?? [];
    this.#waiting.delete(sender);
    const results = await this.#deliver(sender, letters);
    letters.forEach(({ done }, index) => {
      done(results[index] ?? { result: 'unknown', reason: 'unanswered' });
    });
  }
}

const groupOf = (groups: Map<string, number[]>, { method, body }: Part): number[] => {
  const key = `${method}\u0000${body}`;
  const group = groups.get(key) ?? [];
  groups.set(key, group);
  return group;
};

/** Letters by what they say: all of a group can share one request. */
export const groupsOf = (letters: readonly Letter[]): readonly (readonly number[])[] => {
  const groups = new Map<string, number[]>();
  const byPart = new Map<Part, number[]>();
  letters.forEach(({ part }, index) => {
    const group = byPart.get(part) ?? groupOf(groups, part);
    byPart.set(part, group);
    group.push(index);
  });
  return [...groups.values()];
};
