import { randomBytes } from 'node:crypto';

/** Ids that begin anywhere, so that those of two runs do not meet; a message's follows from its number. */
export class RunIds {
  readonly #run = randomBytes(6).toString('hex');
  #messages = 0;
  #told = 0;

  /** The number of a new message, from 1. */
  takeMessage(): number {
    this.#messages += 1;
    return this.#messages;
  }

  ofMessage(number: number): string {
    return `${this.#run}-${number}`;
  }

  /** For what a webhook is told. */
  takeTold(): string {
    this.#told += 1;
    return `${this.#run}|${this.#told}`;
  }
}
