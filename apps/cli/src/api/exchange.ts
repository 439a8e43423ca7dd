import { Agent, request, type Dispatcher } from 'undici';

export interface Asked {
  readonly method: string;
  /** From the slash on. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Called for each attempt: a stream can be read only once. */
  readonly body?: () => Dispatcher.DispatchOptions['body'];
  readonly signal?: AbortSignal;
  /** Silence of so many milliseconds is a lost connection. @default 30,000 */
  readonly silenceMs?: number;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Dispatcher.ResponseData['body'];
}

const SILENCE_MS = 30_000;

/** Plain HTTP to one server. What it throws is a lost or impossible connection, or an abort. */
export class Exchange {
  readonly url: string;
  readonly #agent = new Agent({ connect: { timeout: 5_000 } });

  constructor(url: string) {
    this.url = url;
  }

  async ask({ method, path, headers, body, signal, silenceMs }: Asked): Promise<Answered> {
    const { statusCode, ...rest } = await request(this.url + path, {
      method: method,
      headers: { ...headers },
      dispatcher: this.#agent,
      headersTimeout: silenceMs ?? SILENCE_MS,
      bodyTimeout: silenceMs ?? SILENCE_MS,
      ...(body === undefined ? {} : { body: body() ?? null }),
      ...(signal === undefined ? {} : { signal }),
    });
    return { status: statusCode, headers: rest.headers, body: rest.body };
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}
