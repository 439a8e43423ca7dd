import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import pRetry from 'p-retry';
import { CannotReach } from '../faults.ts';
import { Exchange, type Answered, type Asked } from './exchange.ts';
import { ServerRefused } from './problem.ts';

export interface ApiOptions {
  readonly url: string;
  readonly token: string | undefined;
  /** How long to try a server that never answered, and one that did before. @default 1,500 and 60,000 */
  readonly patienceMs?: { readonly first: number; readonly later: number };
}

/** An answer that passes: the same request is given again. */
class AskAgain extends Error {}

const PATIENCE = { first: 1_500, later: 60_000 };
const BUSY = [429, 502, 503, 504];
const PAUSE_MS = { shortest: 100, longest: 2_000 };

/** The shape of an answer is the server's promise; its schemas are tested there. */
const parsed = (text: string): unknown => (text === '' ? undefined : JSON.parse(text));

const isPending = (status: number, body: unknown): boolean =>
  status === 202 && typeof body === 'object' && body !== null && 'commandId' in body;

/**
 * The HTTP API. Every write carries an `Idempotency-Key` and is repeated word for word while the connection is lost, the server
 * restarts, or the outcome is not known yet; so a crash on the other side changes nothing. All throw ServerRefused, CannotReach.
 */
export class Api {
  readonly #exchange: Exchange;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #patience: { readonly first: number; readonly later: number };
  #wasReached = false;

  constructor({ url, token, patienceMs }: ApiOptions) {
    this.#exchange = new Exchange(url);
    this.#headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    this.#patience = patienceMs ?? PATIENCE;
  }

  get url(): string {
    return this.#exchange.url;
  }

  async get<Shape>(path: string, silenceMs?: number): Promise<Shape> {
    const asked = { method: 'GET', path, headers: this.#headers };
    return this.#json<Shape>({ ...asked, ...(silenceMs === undefined ? {} : { silenceMs }) });
  }

  /** The answer as text, whatever its type. */
  async text(path: string): Promise<string> {
    return this.#insist({ method: 'GET', path, headers: this.#headers }, (_, text) => text);
  }

  /** A POST, PUT, PATCH or DELETE. `key` names the intention: the same key is the same act. */
  async write<Shape>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    { body, key = randomUUID(), silenceMs }: WriteOptions = {},
  ): Promise<Shape> {
    const content = body === undefined ? undefined : JSON.stringify(body);
    return this.#json<Shape>({
      method,
      path,
      headers: {
        ...this.#headers,
        'idempotency-key': key,
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(content === undefined ? {} : { body: () => content }),
      ...(silenceMs === undefined ? {} : { silenceMs }),
    });
  }

  /** Sends a file as it is, and again from its beginning when the connection breaks. */
  async upload<Shape>(path: string, file: string, contentType: string): Promise<Shape> {
    return this.#json<Shape>({
      method: 'POST',
      path,
      headers: { ...this.#headers, 'content-type': contentType, 'idempotency-key': randomUUID() },
      body: () => createReadStream(file),
      silenceMs: 300_000,
    });
  }

  /** One try, without patience, without a token: for the doctor. @throws what the connection throws */
  probe(path: string): Promise<Answered> {
    return this.#exchange.ask({ method: 'GET', path, headers: {}, silenceMs: 5_000 });
  }

  /** Opens a stream of events; one try. @throws what the connection throws */
  events(path: string, signal: AbortSignal): Promise<Answered> {
    const headers = { ...this.#headers, accept: 'text/event-stream' };
    return this.#exchange.ask({ method: 'GET', path, headers, signal });
  }

  close(): Promise<void> {
    return this.#exchange.close();
  }

  async #json<Shape>(asked: Asked): Promise<Shape> {
    return this.#insist(asked, (status, text) => {
      const body = parsed(text);
      if (isPending(status, body)) throw new AskAgain('The command is still on its way.');
      return body as Shape;
    });
  }

  async #insist<Result>(
    asked: Asked,
    read: (status: number, text: string) => Result,
  ): Promise<Result> {
    const startedAt = performance.now();
    return pRetry(async () => this.#once(asked, read), {
      retries: Number.MAX_SAFE_INTEGER,
      minTimeout: PAUSE_MS.shortest,
      maxTimeout: PAUSE_MS.longest,
      factor: 1.6,
      randomize: true,
      shouldRetry: ({ error }) =>
        !(error instanceof ServerRefused) &&
        performance.now() - startedAt < this.#patience[this.#wasReached ? 'later' : 'first'],
    }).catch((error: unknown) => {
      throw error instanceof ServerRefused ? error : this.#unreachable(error);
    });
  }

  async #once<Result>(
    asked: Asked,
    read: (status: number, text: string) => Result,
  ): Promise<Result> {
    // p-retry takes a TypeError for a bug and gives up; a torn answer is neither.
    const { status, body } = await this.#exchange.ask(asked);
    this.#wasReached = true;
    const text = await body.text();
    if (status >= 200 && status < 300) return read(status, text);
    if (BUSY.includes(status)) throw new AskAgain(`The server answered ${status}.`);
    throw ServerRefused.from(status, text);
  }

  #unreachable(cause: unknown): CannotReach {
    const code = (cause as { readonly code?: unknown } | undefined)?.code;
    const reason = cause instanceof AskAgain ? cause.message : String(code ?? cause);
    return new CannotReach(
      `Cannot reach Crier at ${this.url} (${reason}).`,
      ['Is it running? Start it with `npm start`, or name its address: --url or CRIER_URL.'],
      cause,
    );
  }
}

interface WriteOptions {
  readonly body?: unknown;
  readonly key?: string;
  readonly silenceMs?: number;
}
