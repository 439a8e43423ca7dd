import { RunBroken } from './broken.ts';
/** One request to send, as the sandbox wrote it down. */
export interface Entry {
  readonly bot: string;
  readonly chat: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly accepted: boolean;
  readonly contentHash: string;
  readonly status: number;
}

export interface Counts {
  readonly requests: number;
  readonly accepted: number;
  readonly flooded: number;
  readonly duplicates: number;
  readonly trouble: Readonly<Record<string, number>>;
  /** The same of each bot, by its token. */
  readonly perBot: Readonly<
    Record<string, { readonly requests: number; readonly accepted: number }>
  >;
}

/** The other side's own view: what really arrived, and what trouble it makes. */
export class SandboxApi {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  async registerBot(token: string): Promise<void> {
    await this.#call('PUT', `bots/${encodeURIComponent(token)}`, {});
  }

  async trouble(plan: object): Promise<void> {
    await this.#call('PUT', 'trouble', plan);
  }

  async forget(): Promise<void> {
    await this.#call('DELETE', 'record');
  }

  /** A person blocks the bot, or comes back; resolves when the bot's webhook took it. */
  async update(bot: string, chat: number, kind: 'block' | 'unblock'): Promise<void> {
    await this.#call('POST', 'updates', { bot, chat, kind });
  }

  async counts(): Promise<Counts> {
    return JSON.parse(await this.#call('GET', 'counts')) as Counts;
  }

  async record(): Promise<readonly Entry[]> {
    const lines = (await this.#call('GET', 'record')).split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Entry);
  }

  /** Arrivals in milliseconds since 1970, of one bot or of all. */
  async starts(bot?: string): Promise<readonly number[]> {
    const query = bot === undefined ? '' : `?bot=${encodeURIComponent(bot)}`;
    return JSON.parse(await this.#call('GET', `starts${query}`)) as number[];
  }

  async #call(method: string, path: string, body?: object): Promise<string> {
    const response = await fetch(`${this.url}/sandbox/telegram/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok) throw new RunBroken(`${method} ${path}: ${response.status} ${text}`);
    return text;
  }
}
