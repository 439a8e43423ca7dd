import type { IncomingMessage, ServerResponse } from 'node:http';
import { write, type Answer } from '../answers.ts';
import { bodyLimit, readBody } from '../http/body.ts';
import type { Params } from '../telegram-methods/method.ts';
import { ACCOUNT_METHODS, readParams } from './accounts.ts';
import { Sendings, answerWith, type Sending, type Sent } from './sending.ts';
import { statusOf } from './statuses.ts';
import type { ViberWorld } from './world.ts';

const MOST_BYTES = 30_000;
const METHOD = /^\/viber\/pa\/(\w+)(?:\?.*)?$/;

const atOnce = (answer: Answer): Sent => ({ answer, latencyMs: 0 });
const refuse = (...status: Parameters<typeof statusOf>): Sent =>
  atOnce(answerWith(statusOf(...status)));

const isSending = (name: string): name is Sending['method'] =>
  name === 'send_message' || name === 'broadcast_message';

const tokenIn = (request: IncomingMessage, params: Params): unknown =>
  request.headers['x-viber-auth-token'] ?? params['auth_token'];

/** `/viber/pa/<method>`, as Viber's REST API answers it: 200, and a status in the body. */
export class ViberRestApi {
  readonly #world: ViberWorld;
  readonly #sendings: Sendings;

  constructor(world: ViberWorld) {
    this.#world = world;
    this.#sendings = new Sendings(world);
  }

  /** Answers one request; `at` is its arrival in milliseconds. */
  async handle(request: IncomingMessage, response: ServerResponse, at: number): Promise<void> {
    const body = await readBody(request, bodyLimit(request));
    if (body === 'gone') return;
    const name = METHOD.exec(request.url ?? '')?.[1] ?? '';
    const isKnown = isSending(name) || ACCOUNT_METHODS.has(name);
    const { answer, latencyMs } = isKnown
      ? await this.#answer(request, name, { body, at })
      : atOnce({ status: 404, body: '' });
    if (latencyMs === 0) write(response, answer);
    else setTimeout(write, latencyMs, response, answer).unref();
  }

  async #answer(
    request: IncomingMessage,
    name: string,
    { body, at }: { readonly body: Buffer | 'too large'; readonly at: number },
  ): Promise<Sent> {
    if (body === 'too large' || body.length > MOST_BYTES)
      return refuse('badData', 'the request is larger than 30 kB');
    const params = readParams(body);
    if (params === undefined) return refuse('badData', 'the request is no JSON object');
    const token = tokenIn(request, params);
    if (typeof token !== 'string')
      return atOnce(answerWith({ status: 2, status_message: 'missing_auth_token' }));
    const bot = this.#world.bots.find(token);
    if (bot === undefined) {
      this.#world.counts.unknownToken();
      return refuse('invalidAuthToken');
    }
    if (isSending(name)) return this.#sendings.send({ bot, method: name, params, at });
    this.#world.counts.otherCall(name);
    const answered = await ACCOUNT_METHODS.get(name)?.(this.#world, bot, params);
    return atOnce(answerWith(answered ?? {}));
  }
}
