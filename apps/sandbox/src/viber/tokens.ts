import { randomInt } from 'node:crypto';

// As large as Viber's: no JavaScript number holds them. They start anywhere, so that those of two runs do not meet.
const LEAST = 4_900_000_000_000_000_000n;
const STEP = 1n << 32n;

/** The 64-bit tokens of messages and callbacks; a message's own token follows from its number. */
export class Tokens {
  readonly #base = LEAST + BigInt(randomInt(1, 1 << 20)) * STEP;
  readonly #callbackBase = this.#base + (STEP << 24n);
  #messages = 0;
  #callbacks = 0n;

  /** The number of a new message, from 1. */
  takeMessage(): number {
    this.#messages += 1;
    return this.#messages;
  }

  /** In decimal digits, for numbers in JSON. */
  ofMessage(number: number): string {
    return String(this.#base + BigInt(number));
  }

  takeCallback(): string {
    this.#callbacks += 1n;
    return String(this.#callbackBase + this.#callbacks);
  }
}
