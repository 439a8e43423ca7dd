import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { tokenKeeper } from '../api/token-keeper.ts';

interface Listener {
  readonly onEvent: (event: EventSourceMessage) => void;
  /** The stream is open once more: what happened in between was missed. */
  readonly onReopened: () => void;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** What passes by itself. Everything else that the API refuses stays refused. */
const PASSING = [408, 425, 429];

const mayPass = (status: number): boolean => status >= 500 || PASSING.includes(status);

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Pauses that grow while nothing comes, a little different for everybody, so that not all come again at once. */
class Pauses {
  #least = FIRST_PAUSE_MS;
  #next = FIRST_PAUSE_MS;

  /** The server says how long to wait at least. */
  set least(ms: number) {
    this.#least = ms;
    this.begin();
  }

  begin(): void {
    this.#next = this.#least;
  }

  take(): number {
    const ms = this.#next * (0.75 + Math.random() / 2);
    this.#next = Math.min(this.#next * 2, LONGEST_PAUSE_MS);
    return ms;
  }
}

/** One stream of server-sent events, opened again whenever it ends. `EventSource` cannot send the token. */
class EventStream {
  readonly #path: string;
  readonly #listener: Listener;
  readonly #closed: AbortSignal;
  readonly #pauses = new Pauses();
  #lastId = '';
  #opened = 0;

  constructor(path: string, listener: Listener, closed: AbortSignal) {
    this.#path = path;
    this.#listener = listener;
    this.#closed = closed;
  }

  async follow(): Promise<void> {
    while (!this.#closed.aborted) {
      const goesOn = await this.#once().catch(() => true);
      if (!goesOn) return;
      await pause(this.#pauses.take(), this.#closed);
    }
  }

  /** Reads to the end of the stream. False: it is refused for good. */
  async #once(): Promise<boolean> {
    const { status, ok, body } = await globalThis.fetch(this.#request());
    if (status === 401) tokenKeeper.drop();
    if (!ok || !body) return mayPass(status);
    this.#opened += 1;
    if (this.#opened > 1) this.#listener.onReopened();
    await this.#read(body);
    return true;
  }

  #request(): Request {
    const headers = new Headers({ accept: 'text/event-stream' });
    headers.set('authorization', `Bearer ${tokenKeeper.get() ?? ''}`);
    if (this.#lastId !== '') headers.set('last-event-id', this.#lastId);
    const url = new URL(this.#path, globalThis.location.origin);
    return new Request(url, { headers, signal: this.#closed });
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const parser = createParser({
      onEvent: (event) => {
        this.#lastId = event.id ?? this.#lastId;
        this.#pauses.begin();
        this.#listener.onEvent(event);
      },
      onRetry: (ms) => {
        this.#pauses.least = ms;
      },
    });
    const decoder = new TextDecoder();
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
    }
  }
}

/** Listens to events of the API until what it gives is called. */
export const listen = (path: string, listener: Listener): (() => void) => {
  const closing = new AbortController();
  void new EventStream(path, listener, closing.signal).follow();
  return () => {
    closing.abort();
  };
};
