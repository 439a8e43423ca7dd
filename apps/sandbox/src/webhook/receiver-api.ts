import type { IncomingMessage, ServerResponse } from 'node:http';
import { write, type Answer } from '../answers.ts';
import type { Bot } from '../bots.ts';
import { readBody } from '../http/body.ts';
import { asObject } from '../telegram-methods/method.ts';
import { readParams } from '../viber/accounts.ts';
import { REFUSALS, refusal } from './refusals.ts';
import { isSigned } from './signatures.ts';
import { Takings, type Delayed } from './taking.ts';
import type { WebhookWorld } from './world.ts';

/** The name of a bot; whatever stands behind it is the receiver's. */
const TARGET = /^\/webhook\/([\w.-]+)(?:[/?]|$)/;
const MOST_BYTES = 256_000;

const said = (status: number): Delayed => ({ answer: refusal({ status }), latencyMs: 0 });

/** `/webhook/<bot>`: a receiver of the channel's messages, as its README obliges one to be. */
export class ReceiverApi {
  readonly #world: WebhookWorld;
  readonly #takings: Takings;

  constructor(world: WebhookWorld) {
    this.#world = world;
    this.#takings = new Takings(world);
  }

  /** Answers one request; `at` is its arrival in milliseconds. */
  async handle(request: IncomingMessage, response: ServerResponse, at: number): Promise<void> {
    const body = await readBody(request, MOST_BYTES);
    if (body === 'gone') return;
    const { answer, latencyMs } = this.#answer(request, body, at);
    if (latencyMs === 0) write(response, answer);
    else setTimeout(write, latencyMs, response, answer).unref();
  }

  #answer(request: IncomingMessage, body: Buffer | 'too large', at: number): Delayed {
    const bot = this.#world.bots.find(TARGET.exec(request.url ?? '')?.[1] ?? '');
    if (bot === undefined) {
      this.#world.counts.unknownToken();
      return said(404);
    }
    if (request.method !== 'POST') return said(405);
    if (body === 'too large') return said(413);
    if (!isSigned(this.#world.secretOf(bot), request.headers, body)) {
      this.#world.counts.unknownToken();
      return { answer: refusal(REFUSALS.unauthorized), latencyMs: 0 };
    }
    return this.#read(bot, request, { body, at });
  }

  #read(
    bot: Bot,
    { headers }: IncomingMessage,
    { body, at }: { readonly body: Buffer; readonly at: number },
  ): Delayed {
    const params = readParams(body);
    if (params === undefined) return said(400);
    const hello = asObject(params['hello']);
    if (hello !== undefined) return { answer: this.#greet(bot, hello['webhook']), latencyMs: 0 };
    return this.#takings.take({ bot, key: headers['x-crier-key'], params, at });
  }

  /** Says what the bot is called; remembers where to call back. */
  #greet(bot: Bot, url: unknown): Answer {
    this.#world.counts.otherCall('hello');
    if (typeof url === 'string')
      bot.webhook = { url, secretToken: undefined, allowedUpdates: undefined };
    return { status: 200, body: JSON.stringify({ name: bot.name }) };
  }
}
