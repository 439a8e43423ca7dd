/** What the sandbox counted: the referee of the bench. */
export class SandboxRecord {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async counts(): Promise<{ readonly accepted: number; readonly duplicates: number }> {
    return (await (await fetch(`${this.#url}/sandbox/telegram/counts`)).json()) as {
      accepted: number;
      duplicates: number;
    };
  }

  async reset(): Promise<void> {
    await fetch(`${this.#url}/sandbox/telegram/record`, { method: 'DELETE' });
  }

  /** Messages a second between the first and the last arrival. */
  async rate(): Promise<number> {
    const starts = (await (await fetch(`${this.#url}/sandbox/telegram/starts`)).json()) as number[];
    const seconds = ((starts.at(-1) ?? 0) - (starts[0] ?? 0)) / 1_000;
    return (starts.length - 1) / seconds;
  }
}
