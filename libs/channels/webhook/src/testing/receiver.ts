import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A message as it came. */
export interface Message {
  readonly id: string;
  readonly to: string;
  readonly key: number;
  readonly message: Readonly<Record<string, unknown>>;
}
type Body = Message | { readonly hello: { readonly bot: string; readonly webhook?: string } };

/** What the receiver does with a message instead of taking it; the last two lose the answer, before and after. */
export type Trouble =
  { readonly status: number; readonly code?: string } | 'lost_before' | 'lost_after';

const AGE_SECONDS = 300;

const digest = (secret: string, timestamp: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

/** A receiver as somebody would write it after the README: signatures, repeats, and calls back. */
export class Receiver {
  /** What people got, once each, in the order of coming. */
  readonly taken: Message[] = [];
  /** Requests that were dropped as repeats. */
  repeats = 0;
  /** Requests that nobody has signed, or somebody else. */
  forged = 0;
  readonly paths: string[] = [];
  webhook = '';
  /** For the next requests, in turn. */
  readonly troubles: Trouble[] = [];
  readonly #secret: string;
  readonly #ids = new Map<string, string>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  #events = 0;

  private constructor(secret: string) {
    this.#secret = secret;
  }

  static async open(secret: string): Promise<Receiver> {
    const receiver = new Receiver(secret);
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  /** To be the bot's address. */
  get url(): string {
    const { port } = this.#server.address() as { port: number };
    return `http://127.0.0.1:${port}/crier/?shop=1`;
  }

  /** Calls Crier back; gives the status of the answer. `secondsAgo`: when the call claims to have left. */
  async tell(
    events: readonly object[],
    { secondsAgo = 0, secret = this.#secret } = {},
  ): Promise<number> {
    const named = events.map((event) => ({ eventId: `e${(this.#events += 1)}`, ...event }));
    const body = JSON.stringify({ events: named });
    const timestamp = String(Math.floor(Date.now() / 1000) - secondsAgo);
    const answer = await fetch(this.webhook, {
      method: 'POST',
      body,
      headers: {
        'x-crier-timestamp': timestamp,
        'x-crier-signature': digest(secret, timestamp, body),
      },
    });
    return answer.status;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    this.paths.push(request.url ?? '');
    if (!this.#isAuthentic(request, body)) {
      this.forged += 1;
      response.writeHead(401).end();
      return;
    }
    const told = JSON.parse(body) as Body;
    if ('hello' in told) {
      this.webhook = told.hello.webhook ?? '';
      response.end('{"name":"Corner Shop"}');
      return;
    }
    const trouble = this.troubles.shift();
    if (typeof trouble === 'object')
      response.writeHead(trouble.status).end(JSON.stringify({ code: trouble.code }));
    else if (trouble === 'lost_before') response.socket?.resetAndDestroy();
    else this.#take(String(request.headers['x-crier-key']), told, trouble, response);
  }

  #take(
    key: string,
    told: Message,
    trouble: 'lost_after' | undefined,
    response: ServerResponse,
  ): void {
    const known = this.#ids.get(key);
    const id = known ?? `m-${this.#ids.size + 1}`;
    if (known === undefined) this.taken.push(told);
    else this.repeats += 1;
    this.#ids.set(key, id);
    if (trouble === 'lost_after') response.socket?.resetAndDestroy();
    else response.end(JSON.stringify({ id }));
  }

  #isAuthentic({ headers }: IncomingMessage, body: string): boolean {
    const timestamp = String(headers['x-crier-timestamp']);
    const given = Buffer.from(String(headers['x-crier-signature']));
    const expected = Buffer.from(digest(this.#secret, timestamp, body));
    const isRecent = Math.abs(Date.now() / 1000 - Number(timestamp)) <= AGE_SECONDS;
    return isRecent && given.length === expected.length && timingSafeEqual(given, expected);
  }
}
