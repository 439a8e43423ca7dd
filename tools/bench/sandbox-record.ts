/** What the sandbox counted on one channel: the referee of the bench. */
export class SandboxRecord {
  readonly #url: string;

  constructor(sandboxUrl: string, channel = 'telegram') {
    this.#url = `${sandboxUrl}/sandbox/${channel}`;
  }

  async counts(): Promise<{ readonly accepted: number; readonly duplicates: number }> {
    return (await (await fetch(`${this.#url}/counts`)).json()) as {
      accepted: number;
      duplicates: number;
    };
  }

  async reset(): Promise<void> {
    await fetch(`${this.#url}/record`, { method: 'DELETE' });
  }

  /** Arrivals of messages in milliseconds since 1970; those of one request are the same. */
  async starts(): Promise<readonly number[]> {
    return (await (await fetch(`${this.#url}/starts`)).json()) as number[];
  }

  /** Messages a second between the first and the last arrival. */
  async rate(): Promise<number> {
    const starts = await this.starts();
    const seconds = ((starts.at(-1) ?? 0) - (starts[0] ?? 0)) / 1_000;
    return (starts.length - 1) / seconds;
  }
}
