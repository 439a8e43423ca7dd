import type { Dispatcher } from 'undici';

/** How one request ended. */
export type Exchanged =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly body: string;
    }
  /** No byte of the request had left. */
  | { readonly kind: 'not_sent' }
  /** The request left, wholly or in part; whether it was executed nobody knows. */
  | { readonly kind: 'lost'; readonly reason: 'reset' | 'timeout' | 'garbage' };

type LostReason = Extract<Exchanged, { kind: 'lost' }>['reason'];

const TIMEOUTS: readonly string[] = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'];
const UNREADABLE: readonly string[] = [
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
];

const reasonOf = (error: unknown): LostReason => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (TIMEOUTS.includes(code)) return 'timeout';
  return UNREADABLE.includes(code) || code.startsWith('HPE_') ? 'garbage' : 'reset';
};

/** Collects the answer to one request; it alone knows whether a byte has left. */
class AnswerCollector implements Dispatcher.DispatchHandler {
  readonly #done: (exchanged: Exchanged) => void;
  readonly #chunks: Buffer[] = [];
  #isUnderWay = false;
  #status = 0;

  constructor(done: (exchanged: Exchanged) => void) {
    this.#done = done;
  }

  // A connection is there and the first byte is about to be written.
  onRequestStart(): void {
    this.#isUnderWay = true;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    const body = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks);
    this.#done({ kind: 'answered', status: this.#status, body: body.toString() });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#done(this.#isUnderWay ? { kind: 'lost', reason: reasonOf(error) } : { kind: 'not_sent' });
  }
}

/** Makes one request. Never rejects. */
export const exchange = (
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
): Promise<Exchanged> =>
  new Promise((resolve) => {
    try {
      dispatcher.dispatch(options, new AnswerCollector(resolve));
    } catch {
      // The client refuses it before it looks for a connection: malformed, or closed.
      resolve({ kind: 'not_sent' });
    }
  });
