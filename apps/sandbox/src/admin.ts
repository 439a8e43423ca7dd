import { AppError } from '@crier/kernel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { knownBot } from './admin-actions.ts';
import type { Bot } from './bots.ts';
import { BadInput, BodyTooLarge, NotThere } from './errors.ts';
import { bodyLimit, readBody } from './http/body.ts';
import { recordLines, startTimes } from './record-streams.ts';
import type { Side } from './side.ts';

interface Asked {
  readonly body: unknown;
  readonly query: URLSearchParams;
  readonly segments: readonly string[];
}

type Reply =
  { readonly json: unknown } | { readonly stream: Iterable<string>; readonly contentType: string };

const STATUSES: Readonly<{ [code: string]: number }> = {
  BAD_INPUT: 400,
  NOT_THERE: 404,
  BODY_TOO_LARGE: 413,
};

const profileOf = ({ token, id, name, username, webhook }: Bot) => ({
  token,
  id,
  name,
  username,
  webhook: webhook?.url ?? null,
});

const wholeNumber = (query: URLSearchParams, name: string): number => {
  const value = query.get(name) ?? '0';
  const number = Number(value);
  if (value === '' || !Number.isFinite(number) || number < 0)
    throw new BadInput(`${name} must be a number of at least 0`);
  return Math.floor(number);
};

const jsonOf = (body: Buffer): unknown => {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString());
  } catch (cause) {
    throw new BadInput('body must be JSON', {}, cause);
  }
};

const segmentsOf = (path: string): readonly string[] => {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch (cause) {
    throw new BadInput('path must be percent-encoded UTF-8', {}, cause);
  }
};

/** `/sandbox/<channel>/…`: what tests and demos ask of the sandbox itself. */
export class Admin {
  readonly #side: Side;
  readonly #prefix: string;
  readonly #routes: Readonly<{ [route: string]: (asked: Asked) => Reply | Promise<Reply> }>;

  constructor(side: Side) {
    this.#side = side;
    this.#prefix = `/sandbox/${side.channel}/`;
    this.#routes = {
      'PUT trouble': ({ body }) => this.#replaceTrouble(body),
      'DELETE trouble': () => this.#replaceTrouble({ rules: [] }),
      'GET counts': () => ({ json: side.counts.report() }),
      'GET record': ({ query }) => this.#record(wholeNumber(query, 'since')),
      'DELETE record': () => this.#reset(),
      'GET starts': ({ query }) => this.#starts(query),
      'POST press': async ({ body }) => ({ json: await side.press(body) }),
      'POST updates': async ({ body }) => ({ json: await side.sendUpdate(body) }),
    };
  }

  /** Answers one request; bad input is answered 400 `{ error }`, never thrown. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, bodyLimit(request));
    if (body === 'gone') return;
    try {
      if (body === 'too large') throw new BodyTooLarge('body is larger than 1 MB');
      await this.#answer(request, response, body);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#write(response, STATUSES[error.code] ?? 500, { error: error.message });
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const reply = await this.#reply(request.method ?? 'GET', {
      body: jsonOf(body),
      query: url.searchParams,
      segments: url.pathname.startsWith(this.#prefix)
        ? segmentsOf(url.pathname.slice(this.#prefix.length))
        : [],
    });
    if ('json' in reply) {
      this.#write(response, 200, reply.json);
      return;
    }
    response.writeHead(200, { 'content-type': reply.contentType });
    // A reader who leaves early is no fault of the sandbox.
    await pipeline(Readable.from(reply.stream), response).catch(() => undefined);
  }

  #reply(method: string, asked: Asked): Reply | Promise<Reply> {
    const [resource = '', ...rest] = asked.segments;
    if (resource === 'bots') return this.#bots(method, rest, asked.body);
    const name = `${method} ${resource}`;
    const route = rest.length === 0 ? this.#routes[name] : undefined;
    const own = rest.length === 0 ? this.#side.more?.[name] : undefined;
    if (own !== undefined) return { json: own(asked.body) };
    if (route === undefined)
      throw new NotThere(`there is no ${method} ${asked.segments.join('/')} here`);
    return route(asked);
  }

  #bots(method: string, rest: readonly string[], body: unknown): Reply {
    const [token, chats, chat] = rest;
    if (method === 'GET' && token === undefined)
      return { json: this.#side.bots.all().map(profileOf) };
    if (method === 'PUT' && token !== undefined && chats === undefined)
      return { json: profileOf(this.#side.register(token, body)) };
    if (method === 'GET' && token !== undefined && chats === 'chats' && rest.length === 3)
      return { json: this.#side.chat(knownBot(this.#side, token), String(chat)) };
    throw new NotThere(`there is no ${method} bots/${rest.join('/')} here`);
  }

  #replaceTrouble(plan: unknown): Reply {
    this.#side.replaceTrouble(plan);
    return { json: { ok: true } };
  }

  #record(since: number): Reply {
    const stream = recordLines(this.#side, since, this.#side.names);
    return { stream, contentType: 'application/x-ndjson' };
  }

  #starts(query: URLSearchParams): Reply {
    const token = query.get('bot');
    const bot = token === null ? undefined : knownBot(this.#side, token).number;
    const stream = startTimes(this.#side.record, { bot, from: wholeNumber(query, 'from') });
    return { stream, contentType: 'application/json' };
  }

  #reset(): Reply {
    this.#side.record.clear();
    this.#side.counts.clear();
    this.#side.clear();
    return { json: { ok: true } };
  }

  #write(response: ServerResponse, status: number, json: unknown): void {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(json));
  }
}
