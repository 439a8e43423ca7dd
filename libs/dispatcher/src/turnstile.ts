/** Leaves the process some time of its own: who works without a pause gets its processor late. */
const PAUSE_MS = 1;

/**
 * Lets so many through in each turn of the event loop, in the order in which they came: a crowd never holds up the timers that
 * pace what is sent.
 */
export class Turnstile {
  readonly #perTurn: number;
  readonly #waiting: (() => void)[] = [];
  #passed = 0;
  #isTurning = false;

  constructor(perTurn: number) {
    this.#perTurn = perTurn;
  }

  /** Resolves when it is the caller's turn; at once where there is no crowd. */
  pass(): Promise<void> {
    if (this.#passed < this.#perTurn) {
      this.#let();
      return Promise.resolve();
    }
    return new Promise<void>((pass) => {
      this.#waiting.push(pass);
    });
  }

  /** Counts one who goes through, until the next turn. */
  #let(): void {
    this.#passed += 1;
    if (this.#isTurning) return;
    this.#isTurning = true;
    setTimeout(() => {
      this.#isTurning = false;
      this.#passed = 0;
      for (const pass of this.#waiting.splice(0, this.#perTurn)) {
        pass();
        this.#let();
      }
    }, PAUSE_MS);
  }
}
