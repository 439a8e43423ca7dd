import type { IncomingMessage, ServerResponse } from 'node:http';
import { write, type Answer } from '../answers.ts';
import type { Bot } from '../bots.ts';
import { bodyLimit, readBody } from '../http/body.ts';
import { Logins, type Delayed } from './logins.ts';
import { Sendings } from './sending.ts';
import type { SkypeWorld } from './world.ts';

const TOKEN = /^\/skype\/login\/([^/?]+)\/oauth2\/v2\.0\/token$/;
const OPEN_ID = '/skype/v1/.well-known/openidconfiguration';
const KEYS = '/skype/v1/.well-known/keys';
/** Any path between is a service of its own, as the regions are. */
const ACTIVITIES = /^(\/skype(?:\/[\w.-]+){0,3})\/v3\/conversations\/([^/?]+)\/activities$/;
const BEARER = /^Bearer (\S+)$/;

const NOT_FOUND: Answer = { status: 404, body: '' };
const DENIED: Answer = {
  status: 401,
  body: '{"message":"Authorization has been denied for this request."}',
};

const atOnce = (answer: Answer): Delayed => ({ answer, latencyMs: 0 });
const given = (value: object): Delayed => atOnce({ status: 200, body: JSON.stringify(value) });

const plain = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

interface Arrived {
  readonly path: string;
  /** As the caller names this machine. */
  readonly origin: string;
  readonly body: Buffer | 'too large';
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** `/skype/…`, as Microsoft's login, its published keys and the Connector answer. */
export class ConnectorApi {
  readonly #world: SkypeWorld;
  readonly #logins: Logins;
  readonly #sendings: Sendings;

  constructor(world: SkypeWorld) {
    this.#world = world;
    this.#logins = new Logins(world);
    this.#sendings = new Sendings(world);
  }

  /** Answers one request; `at` is its arrival in milliseconds. */
  async handle(request: IncomingMessage, response: ServerResponse, at: number): Promise<void> {
    const body = await readBody(request, bodyLimit(request));
    if (body === 'gone') return;
    const origin = `http://${request.headers.host ?? 'sandbox'}`;
    const arrived = { path: request.url ?? '', origin, body, at };
    const { answer, latencyMs } =
      request.method === 'POST'
        ? this.#post(arrived, request.headers.authorization)
        : this.#get(arrived);
    if (latencyMs === 0) write(response, answer);
    else setTimeout(write, latencyMs, response, answer).unref();
  }

  #get({ path, origin }: Arrived): Delayed {
    if (path === KEYS) return given({ keys: this.#world.keys.published() });
    if (path !== OPEN_ID) return atOnce(NOT_FOUND);
    return given({
      issuer: 'https://api.botframework.com',
      jwks_uri: origin + KEYS,
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    });
  }

  #post(arrived: Arrived, authorization: string | undefined): Delayed {
    const { path, body } = arrived;
    const tenant = TOKEN.exec(path)?.[1];
    if (tenant !== undefined)
      return this.#logins.grant(plain(tenant), body === 'too large' ? Buffer.alloc(0) : body);
    const bot = this.#world.tokens.botOf(BEARER.exec(authorization ?? '')?.[1] ?? '');
    if (!ACTIVITIES.test(path)) return atOnce(NOT_FOUND);
    if (bot !== undefined) return this.#send(arrived, bot);
    this.#world.counts.unknownToken();
    return atOnce(DENIED);
  }

  #send({ path, origin, body, at }: Arrived, bot: Bot): Delayed {
    const [, service = '', conversation = ''] = ACTIVITIES.exec(path) ?? [];
    this.#world.wroteTo(bot, origin + service);
    return this.#sendings.send({ bot, conversation: plain(conversation), body, at });
  }
}
