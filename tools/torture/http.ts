import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 90_000;
const PAUSE_MS = 60;

/** The API said no. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, body: string) {
    super(`${status} ${body}`);
    this.status = status;
    this.code = /"code":"(\w+)"/.exec(body)?.[1] ?? '';
  }
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body?: string | undefined;
  readonly type?: string;
  readonly key?: string;
}

/** Crier's API as a stubborn client sees it: the same request, with the same key, until it is answered. */
export class Api {
  readonly #url: string;
  readonly #token: string;
  /** Requests that had to be given again. */
  repeats = 0;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  get<Shape>(path: string): Promise<Shape> {
    return this.#insist({ method: 'GET', path }, (text) => JSON.parse(text) as Shape);
  }

  text(path: string): Promise<string> {
    return this.#insist({ method: 'GET', path }, (text) => text);
  }

  write<Shape>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Shape> {
    const content = body === undefined ? undefined : JSON.stringify(body);
    const asked = { method, path, key: randomUUID(), body: content };
    return this.#insist(asked, (text) => (text === '' ? undefined : JSON.parse(text)) as Shape);
  }

  upload<Shape>(path: string, body: string, type: string): Promise<Shape> {
    return this.#insist({ method: 'POST', path, body, type }, (text) => JSON.parse(text) as Shape);
  }

  async #insist<Result>(asked: Asked, read: (text: string) => Result): Promise<Result> {
    const startedAt = performance.now();
    for (;;) {
      const answer = await this.#once(asked).catch((error: unknown) => {
        if (error instanceof Refusal || performance.now() - startedAt > PATIENCE_MS) throw error;
        return undefined;
      });
      if (answer !== undefined) return read(answer);
      this.repeats += 1;
      await sleep(PAUSE_MS);
    }
  }

  /** Undefined for what passes: not known yet, not there yet. */
  async #once({ method, path, body, type, key }: Asked): Promise<string | undefined> {
    const response = await fetch(this.#url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    if (response.status === 202 && text.includes('"commandId"')) return undefined;
    if ([429, 502, 503, 504].includes(response.status)) return undefined;
    if (!response.ok) throw new Refusal(response.status, text);
    return text;
  }
}
