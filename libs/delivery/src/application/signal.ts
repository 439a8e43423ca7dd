/** Something may have changed: wakes everybody who waits; rung while nobody waits, it lets the next one pass at once. */
export class Wakeup {
  #pending = false;
  readonly #waiting = new Set<() => void>();

  ring(): void {
    if (this.#waiting.size === 0) this.#pending = true;
    for (const resolve of this.#waiting) resolve();
  }

  /** Resolves when rung, or after `ms`. */
  async wait(ms: number): Promise<void> {
    if (this.#pending) {
      this.#pending = false;
      return;
    }
    let timer: NodeJS.Timeout | undefined;
    let wake: (() => void) | undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      this.#waiting.add(resolve);
      timer = setTimeout(resolve, Math.min(ms, 2 ** 30)).unref(); // waiting is no reason to live
    });
    clearTimeout(timer);
    if (wake) this.#waiting.delete(wake);
  }
}
