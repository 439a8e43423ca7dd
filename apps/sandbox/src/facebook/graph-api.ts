import type { IncomingMessage, ServerResponse } from 'node:http';
import { write, type Answer } from '../answers.ts';
import type { Bot } from '../bots.ts';
import { readFields, type Fields } from '../call.ts';
import { bodyLimit, readBody } from '../http/body.ts';
import { structured, textOf } from '../telegram-methods/method.ts';
import { Batches } from './batches.ts';
import { ERRORS, invalidParameter, unsupported } from './graph-errors.ts';
import { profileOf, setCallback, subscribe, upload } from './managing.ts';
import { Sendings, refusal } from './sending.ts';
import type { FacebookWorld } from './world.ts';

interface Answered {
  readonly answer: Answer;
  readonly latencyMs: number;
}

/** One request, read. */
interface Call {
  readonly method: string;
  /** Empty for the root. */
  readonly node: string;
  readonly edge: string;
  readonly token: string;
  readonly fields: Fields;
  readonly at: number;
}

type Edge = (bot: Bot, call: Call) => Answered;

const TARGET = /^\/facebook(?:\/v\d+\.\d+)?(?:\/([^/?]*))?(?:\/([^/?]*))?(?:\?(.*))?$/;

const atOnce = (answer: Answer): Answered => ({ answer, latencyMs: 0 });

const bearerIn = ({ headers }: IncomingMessage): string | undefined =>
  /^(?:Bearer|OAuth) (\S+)$/.exec(headers.authorization ?? '')?.[1];

/** The token of a request, wherever it stands, and its other fields. */
const withoutToken = (
  { params: { access_token: given, ...params }, files }: Fields,
  request: IncomingMessage,
): { readonly token: string; readonly fields: Fields } => ({
  token: bearerIn(request) ?? textOf(given) ?? '',
  fields: { params, files },
});

/** `/facebook/…`, as the Graph API answers it, with or without a version. */
export class GraphApi {
  readonly #world: FacebookWorld;
  readonly #sendings: Sendings;
  readonly #batches: Batches;
  readonly #edges: Readonly<Record<string, Edge>>;

  constructor(world: FacebookWorld) {
    this.#world = world;
    this.#sendings = new Sendings(world);
    this.#batches = new Batches(world, this.#sendings);
    this.#edges = {
      'GET ': (bot) => atOnce(profileOf(bot)),
      'POST messages': (bot, call) => this.#send(bot, call),
      'POST message_attachments': (bot, { fields }) => upload(world, bot, fields),
      'POST subscribed_apps': (bot, { fields }) => atOnce(subscribe(world, bot, fields.params)),
    };
  }

  /** Answers one request; `at` is its arrival in milliseconds. */
  async handle(request: IncomingMessage, response: ServerResponse, at: number): Promise<void> {
    const body = await readBody(request, bodyLimit(request));
    if (body === 'gone') return;
    const { answer, latencyMs } =
      body === 'too large'
        ? atOnce(refusal(ERRORS.attachment_too_large))
        : await this.#answer(request, body, at);
    if (latencyMs === 0) write(response, answer);
    else setTimeout(write, latencyMs, response, answer).unref();
  }

  async #answer(request: IncomingMessage, body: Buffer, at: number): Promise<Answered> {
    const [, node = '', edge = '', query = ''] = TARGET.exec(request.url ?? '') ?? [];
    const read = readFields(body, request.headers['content-type'] ?? '', query);
    if ('refused' in read) return atOnce(refusal(invalidParameter('Invalid request')));
    const { token, fields } = withoutToken(read, request);
    if (edge === 'subscriptions')
      return atOnce(await setCallback(this.#world, node, { token, params: fields.params }));
    return this.#asPage({ method: request.method ?? 'GET', node, edge, token, fields, at });
  }

  #asPage(call: Call): Answered {
    const { method, node, edge, token, fields, at } = call;
    const bot = this.#world.bots.find(token);
    if (bot === undefined) {
      this.#world.counts.unknownToken();
      return atOnce(refusal(ERRORS.token_invalid));
    }
    if (node === '' && method === 'POST')
      return this.#batches.send({ bot, params: fields.params, at });
    const name = `${method} ${edge}`;
    const known = Object.hasOwn(this.#edges, name) ? this.#edges[name] : undefined;
    const isPage = node === 'me' || node === String(bot.id);
    return known === undefined || !isPage
      ? atOnce(refusal(unsupported(method, node)))
      : known(bot, call);
  }

  #send(bot: Bot, { fields: { params }, at }: Call): Answered {
    const { recipient, message } = params;
    const read = {
      ...params,
      recipient: structured(recipient),
      message: structured(message),
    };
    const sending = { bot, params: read, at };
    const { deed, latencyMs } = this.#sendings.fateOf(sending);
    return { answer: this.#sendings.carryOut(sending, deed), latencyMs };
  }
}
