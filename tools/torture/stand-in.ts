import { RunBroken } from './broken.ts';

/** A message to one recipient, as the stand-in of a messenger wrote it down. */
export interface Noted {
  readonly chat: string | number;
  /** Arrival in milliseconds since 1970; the same for all of one request. */
  readonly at: number;
  readonly accepted: boolean;
  /** Where it was accepted, as the messenger's answer named it. */
  readonly messageId?: string;
}

export interface NotedCounts {
  /** Recipients of requests to send. */
  readonly requests: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly trouble: Readonly<Record<string, number>>;
}

/** One messenger of the sandbox beside Telegram: what really arrived there, and what trouble it makes. */
export class StandIn {
  readonly #url: string;

  constructor(sandboxUrl: string, channel: string) {
    this.#url = `${sandboxUrl}/sandbox/${channel}`;
  }

  async registerBot(token: string, profile: object): Promise<void> {
    await this.#call('PUT', `bots/${encodeURIComponent(token)}`, profile);
  }

  async trouble(plan: object): Promise<void> {
    await this.#call('PUT', 'trouble', plan);
  }

  /** Forgets what arrived, and the keys of messages. */
  async forget(): Promise<void> {
    await this.#call('DELETE', 'record');
  }

  async counts(): Promise<NotedCounts> {
    return JSON.parse(await this.#call('GET', 'counts')) as NotedCounts;
  }

  async record(): Promise<readonly Noted[]> {
    const lines = (await this.#call('GET', 'record')).split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Noted);
  }

  async #call(method: string, path: string, body?: object): Promise<string> {
    const response = await fetch(`${this.#url}/${path}`, {
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
