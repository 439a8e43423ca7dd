import type { IncomingMessage, ServerResponse } from 'node:http';
import { write, type Answer } from '../answers.ts';
import { bodyLimit, readBody } from '../http/body.ts';
import type { Params } from '../telegram-methods/method.ts';
import { errorAnswer, errorOf, type VkError } from './errors.ts';
import { readParams } from './params.ts';
import { PLAIN_METHODS } from './plain-methods.ts';
import { SendRequests, answerWith, type SendRequest, type Sent } from './requests.ts';
import type { VkWorld } from './world.ts';

const METHOD = /^\/vk\/method\/([\w.]+)(?:\?(.*))?$/;
const UPLOAD = /^\/vk\/upload\/(\w+)/;
const BEARER = /^Bearer (\S+)$/i;

interface Asked {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly at: number;
}

const atOnce = (answer: Answer): Sent => ({ answer, latencyMs: 0 });
const refuse = (error: VkError, method: string): Sent =>
  atOnce(answerWith(errorAnswer(error, method)));

const isSending = (name: string): name is SendRequest['method'] =>
  name === 'messages.send' || name === 'execute';

const tokenIn = ({ headers }: IncomingMessage, params: Params): unknown =>
  BEARER.exec(headers.authorization ?? '')?.[1] ?? params['access_token'];

/** `/vk/method/<name>` as VK's API answers it: 200, and `response` or `error` in the body; `/vk/upload/…` for files. */
export class VkMethodApi {
  readonly #world: VkWorld;
  readonly #requests: SendRequests;

  constructor(world: VkWorld) {
    this.#world = world;
    this.#requests = new SendRequests(world);
  }

  /** Answers one request; `at` is its arrival in milliseconds. */
  async handle(request: IncomingMessage, response: ServerResponse, at: number): Promise<void> {
    const body = await readBody(request, bodyLimit(request));
    if (body === 'gone') return;
    const { answer, latencyMs } =
      body === 'too large'
        ? atOnce({ status: 413, body: '' })
        : await this.#answer({ request, body, at });
    if (latencyMs === 0) write(response, answer);
    else setTimeout(write, latencyMs, response, answer).unref();
  }

  async #answer(asked: Asked): Promise<Sent> {
    const url = asked.request.url ?? '';
    const place = UPLOAD.exec(url)?.[1];
    if (place !== undefined) return this.#upload(place, asked);
    const [, name = '', query = ''] = METHOD.exec(url) ?? [];
    return name === '' ? atOnce({ status: 404, body: '' }) : this.#method(name, query, asked);
  }

  #upload(place: string, { request, body }: Asked): Sent {
    const type = request.headers['content-type'] ?? '';
    const taken = this.#world.uploads.take(place, body, type);
    return atOnce(taken === undefined ? { status: 404, body: '' } : answerWith(taken));
  }

  async #method(name: string, query: string, { request, body, at }: Asked): Promise<Sent> {
    const params = readParams(body, request.headers['content-type'] ?? '', query);
    const token = tokenIn(request, params);
    const bot = typeof token === 'string' ? this.#world.bots.find(token) : undefined;
    if (bot === undefined) {
      this.#world.counts.unknownToken();
      return refuse(errorOf(5), name);
    }
    if (typeof params['v'] !== 'string') return refuse(errorOf(8, 'v is required'), name);
    if (isSending(name)) return this.#requests.send({ bot, method: name, params, at });
    const method = PLAIN_METHODS.get(name);
    if (method === undefined) return refuse(errorOf(3), name);
    this.#world.counts.otherCall(name);
    const origin = `http://${request.headers.host ?? ''}`;
    const answered = await method({ world: this.#world, bot, params, origin });
    return 'code' in answered ? refuse(answered, name) : atOnce(answerWith(answered));
  }
}
