/** Something may have changed: wakes whoever waits, and remembers it for who comes to wait. */
export class Wakeup {
  #pending = false;
  #resolve: (() => void) | undefined;

  ring(): void {
    this.#pending = true;
    this.#resolve?.();
  }

  /** Resolves when rung, or after `ms`. */
  async wait(ms: number): Promise<void> {
    if (!this.#pending) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#resolve = resolve;
        timer = setTimeout(resolve, Math.min(ms, 2 ** 30));
      });
      clearTimeout(timer);
      this.#resolve = undefined;
    }
    this.#pending = false;
  }
}
