import { setTimeout as delay } from 'node:timers/promises';

interface Row {
  readonly id: string;
  readonly status: string;
  readonly planned: number;
  readonly sent: number;
  readonly startedAt: string;
  readonly completedAt: string | null;
}

/** As much of the HTTP API as the bench needs. */
export class Client {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(`${this.#url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (
      answer.headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : text
    ) as Answer;
  }

  /** Sends a broadcast to everybody with a tag and waits for its last recipient. */
  async send(tag: string, message: unknown, speed: number): Promise<Row> {
    const draft = await this.call<Row>('POST', '/v1/broadcasts', {
      name: `Bench ${tag}`,
      message,
      audience: { filter: { all: [{ status: 'enabled' }, { tag }] }, route: 'main' },
      settings: { speed },
    });
    await this.call('POST', `/v1/broadcasts/${draft.id}/activate`, { start: 'now' });
    for (;;) {
      const row = await this.call<Row>('GET', `/v1/broadcasts/${draft.id}`);
      if (row.status === 'sent') return row;
      await delay(250);
    }
  }
}

/** A person's pace, and below what one token may ask. */
const PAUSE_MS = 15;
const WARM_UP = 10;

/** Milliseconds of the slowest of the fastest 95 %, after a few that do not count. */
export const p95 = async (
  times: number,
  task: (i: number) => Promise<unknown>,
): Promise<number> => {
  const took: number[] = [];
  for (let i = 0; i < WARM_UP; i += 1) await task(i);
  for (let i = 0; i < times; i += 1) {
    await delay(PAUSE_MS);
    const start = performance.now();
    await task(i);
    took.push(performance.now() - start);
  }
  return took.toSorted((a, b) => a - b)[Math.floor(times * 0.95)] ?? NaN;
};
