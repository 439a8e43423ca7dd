import type { Dispatcher } from 'undici';

/** What came back from one request. */
export type Exchanged =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** The header of this name. */
      readonly retryAfter: string | undefined;
      readonly body: string;
    }
  /** No byte of the request had left. */
  | { readonly kind: 'not_sent' }
  /** The request left, wholly or in part; whether it was executed nobody knows. */
  | { readonly kind: 'lost'; readonly reason: 'reset' | 'timeout' | 'garbage' };

type LostReason = Extract<Exchanged, { kind: 'lost' }>['reason'];

const REASONS: Readonly<Record<string, LostReason>> = {
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_OVERFLOW: 'garbage',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'garbage',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'garbage',
};

const reasonOf = (error: unknown): LostReason => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('HPE_') ? 'garbage' : (REASONS[code] ?? 'reset');
};

/** Gathers one answer: a single promise and no stream per request, since this is the hot path. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #resolve: (exchanged: Exchanged) => void;
  #hasStarted = false;
  #status = 0;
  #retryAfter: string | undefined;
  #first: Buffer | undefined;
  #more: Buffer[] | undefined;

  constructor(resolve: (exchanged: Exchanged) => void) {
    this.#resolve = resolve;
  }

  // Called with a connection in hand, just before the first byte is written.
  onRequestStart(): void {
    this.#hasStarted = true;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    this.#status = status;
    const retryAfter = headers['retry-after'];
    if (typeof retryAfter === 'string') this.#retryAfter = retryAfter;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#first === undefined) this.#first = chunk;
    else (this.#more ??= []).push(chunk);
  }

  onResponseEnd(): void {
    this.#resolve({
      kind: 'answered',
      status: this.#status,
      retryAfter: this.#retryAfter,
      body: this.#body(),
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#resolve(
      this.#hasStarted ? { kind: 'lost', reason: reasonOf(error) } : { kind: 'not_sent' },
    );
  }

  #body(): string {
    const first = this.#first ?? Buffer.alloc(0);
    return (this.#more === undefined ? first : Buffer.concat([first, ...this.#more])).toString();
  }
}

/** Makes one request. Never rejects. */
export const exchange = (
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
): Promise<Exchanged> =>
  new Promise((resolve) => {
    try {
      dispatcher.dispatch(options, new Exchange(resolve));
    } catch {
      // Refused by the client before it looked for a connection: malformed, or closed.
      resolve({ kind: 'not_sent' });
    }
  });
