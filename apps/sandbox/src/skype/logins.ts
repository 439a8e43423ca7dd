import { isExecuted, spoiled, type Answer } from '../answers.ts';
import type { Bot } from '../bots.ts';
import { LOGIN_REFUSALS, REFUSALS, refusal } from './errors.ts';
import type { SkypeDeed, SkypeWorld } from './world.ts';

/** An answer, and how long it is held back. */
export interface Delayed {
  readonly answer: Answer;
  readonly latencyMs: number;
}

const SCOPE = 'https://api.botframework.com/.default';
const EVERY_TENANT = 'botframework.com';
const METHOD = 'token';
const NOT_FOUND: Answer = { status: 404, body: '' };

const refused = (kind: string): Answer => LOGIN_REFUSALS[kind] ?? NOT_FOUND;

/** The answer that a deed gives instead of the work's. */
export const answerOf = (deed: SkypeDeed): Answer => {
  if (deed.kind !== 'refused') return spoiled(deed);
  const login = LOGIN_REFUSALS[deed.as];
  if (login !== undefined) return login;
  const error = REFUSALS[deed.as];
  if (error === undefined) return NOT_FOUND;
  return refusal(deed.retryAfter === undefined ? error : { ...error, retryAfter: deed.retryAfter });
};

/** `/skype/login/<tenant>/oauth2/v2.0/token`, as Microsoft's login answers it. */
export class Logins {
  readonly #world: SkypeWorld;

  constructor(world: SkypeWorld) {
    this.#world = world;
  }

  grant(tenant: string, body: Buffer): Delayed {
    const { bots, counts, loginTroubles } = this.#world;
    const form = new URLSearchParams(body.toString());
    const bot = bots.find(form.get('client_id') ?? '');
    counts.otherCall(METHOD);
    if (bot === undefined) {
      counts.unknownToken();
      return { answer: refused('unauthorizedClient'), latencyMs: 0 };
    }
    const encounter = { bot, method: METHOD, chat: undefined };
    const { deed, latencyMs } = this.#world.meet(loginTroubles, encounter);
    if (deed === undefined) return { answer: this.#answer(bot, tenant, form), latencyMs };
    if (deed.kind !== 'refused' && isExecuted(deed)) this.#answer(bot, tenant, form);
    return { answer: answerOf(deed), latencyMs };
  }

  #answer(bot: Bot, tenant: string, form: URLSearchParams): Answer {
    const { secret, tenantId = EVERY_TENANT } = this.#world.registrationOf(bot);
    const given = form.get('client_secret') ?? '';
    if (form.get('grant_type') !== 'client_credentials') return refused('unsupportedGrant');
    if (form.get('scope') !== SCOPE) return refused('invalidScope');
    if (tenant !== tenantId) return refused('unauthorizedClient');
    if (given === '' || (secret !== undefined && secret !== given)) return refused('invalidClient');
    const { token, lifeS } = this.#world.tokens.issue(bot);
    const granted = {
      token_type: 'Bearer',
      expires_in: lifeS,
      ext_expires_in: lifeS,
      access_token: token,
    };
    return { status: 200, body: JSON.stringify(granted) };
  }
}
