import { isExecuted, spoiled, type Answer } from '../answers.ts';
import type { Bot } from '../bots.ts';
import { hashText } from '../hash.ts';
import { LOST_ANSWERS } from '../rules.ts';
import { asObject, type Params } from '../telegram-methods/method.ts';
import { ERRORS, errorBody, invalidParameter, isFlood, type GraphError } from './graph-errors.ts';
import { messageFault } from './message-faults.ts';
import { Receipts } from './page-events.ts';
import type { FacebookDeed, FacebookWorld } from './world.ts';

/** One message to one person. */
export interface Sending {
  readonly bot: Bot;
  readonly params: Params;
  /** Arrival, in milliseconds since 1970. */
  readonly at: number;
}

/** What is to become of a message. */
export interface Fate {
  readonly deed: FacebookDeed | undefined;
  readonly latencyMs: number;
}

export const MESSAGES = 'me/messages';
const HTTP_OK = 200;
const HTTP_TOO_MANY = 429;
const PSID = /^\d{1,32}$/;
const SORRY = '<html><body>Sorry, something went wrong.</body></html>';

const FLOODED: FacebookDeed = { kind: 'refused', as: 'flood', executed: false };

export const refusal = (error: GraphError): Answer => ({
  status: error.status,
  body: errorBody(error),
});

export const answerWith = (fields: object): Answer => ({
  status: HTTP_OK,
  body: JSON.stringify(fields),
});

/** True of a deed after which nothing comes back over the connection. */
export const isLost = (deed: FacebookDeed | undefined): boolean =>
  LOST_ANSWERS.some((lost) => lost === deed?.kind);

/** True when the work is done whatever is answered. */
export const isDone = (deed: FacebookDeed): boolean =>
  deed.kind === 'refused' || deed.kind === 'unfinished' ? deed.executed : isExecuted(deed);

/** The answer to a request that this happens to. */
export const spoiledBy = (deed: FacebookDeed): Answer => {
  if (deed.kind === 'refused') return refusal(ERRORS[deed.as]);
  if (deed.kind === 'unfinished') return { status: HTTP_OK, body: 'null' };
  const answer = spoiled(deed);
  const isPage = deed.kind === 'server_error' || deed.kind === 'service_unavailable';
  return isPage ? { ...answer, body: SORRY, contentType: 'text/html' } : answer;
};

const psidIn = (params: Params): string | undefined => {
  const id = asObject(params['recipient'])?.['id'];
  return typeof id === 'string' && PSID.test(id) ? id : undefined;
};

/** Executes messages and notes what became of each. */
export class Sendings {
  readonly #world: FacebookWorld;
  readonly #receipts: Receipts;

  constructor(world: FacebookWorld) {
    this.#world = world;
    this.#receipts = new Receipts(world);
  }

  /** Asks the limit and the rules, once for each message. */
  fateOf({ bot, params, at }: Sending): Fate {
    const { troubles, counts, receivers } = this.#world;
    if (!troubles.admits(bot, at)) return { deed: FLOODED, latencyMs: 0 };
    const psid = psidIn(params);
    const chat = psid === undefined ? undefined : receivers.numberOf(psid);
    return troubles.meet({ bot, method: MESSAGES, chat }, (kind) => {
      counts.trouble(kind);
    });
  }

  /** Does what the fate says; the answer is that to a request of its own. */
  carryOut(sending: Sending, deed: FacebookDeed | undefined): Answer {
    if (deed !== undefined && !isDone(deed)) {
      const answer = spoiledBy(deed);
      const error = deed.kind === 'refused' ? ERRORS[deed.as] : undefined;
      this.#note(sending, { number: 0, status: answer.status, error });
      return answer;
    }
    const error = this.#faultOf(sending);
    const number = error === undefined ? this.#world.mids.takeMessage() : 0;
    const psid = psidIn(sending.params) ?? '';
    const mid = this.#world.mids.ofMessage(number);
    const executed =
      error === undefined ? answerWith({ recipient_id: psid, message_id: mid }) : refusal(error);
    const answer = deed === undefined ? executed : spoiledBy(deed);
    this.#note(sending, { number, status: answer.status, error });
    if (error === undefined) this.#keep(sending, psid, mid);
    return answer;
  }

  #faultOf({ bot, params }: Sending): GraphError | undefined {
    const { attachments, receivers } = this.#world;
    const recipient = asObject(params['recipient'])?.['id'];
    if (recipient === undefined) return invalidParameter('The parameter recipient is required');
    const psid = psidIn(params);
    if (psid === undefined) return ERRORS.no_such_user;
    const fault = messageFault(params, (id, type) => attachments.has(bot, id, type));
    if (fault !== undefined) return invalidParameter(fault);
    return bot.blocked.has(receivers.numberOf(psid)) ? ERRORS.unavailable : undefined;
  }

  #keep({ bot, params, at }: Sending, psid: string, mid: string): void {
    const message = asObject(params['message']) ?? {};
    const chat = this.#world.receivers.numberOf(psid);
    const content = JSON.stringify(message);
    this.#world.chats.put({ bot, chat, mid, date: Math.floor(at), content });
    this.#receipts.schedule(bot, { psid, mid, message });
  }

  #note(
    { bot, params, at }: Sending,
    became: {
      /** Of the message; 0: there is none. */
      readonly number: number;
      readonly status: number;
      readonly error: GraphError | undefined;
    },
  ): void {
    const { counts, record, receivers } = this.#world;
    const { number, status, error } = became;
    const psid = psidIn(params);
    const chat = psid === undefined ? undefined : receivers.numberOf(psid);
    const accepted = number !== 0 && chat !== undefined;
    const contentHash = hashText(`${MESSAGES}\n${JSON.stringify(params['message'])}`);
    if (accepted) counts.accepted(bot, chat, contentHash);
    else counts.refused(bot, error !== undefined && isFlood(error) ? HTTP_TOO_MANY : status);
    const messageId = accepted ? number : 0;
    record.append({
      bot: bot.number,
      chat,
      method: MESSAGES,
      at,
      accepted,
      messageId,
      contentHash,
      status,
    });
  }
}
