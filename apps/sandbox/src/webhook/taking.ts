import { isExecuted, spoiled, type Answer } from '../answers.ts';
import type { Bot } from '../bots.ts';
import { hashText } from '../hash.ts';
import { followPlan } from '../receipt-plan.ts';
import { asObject, type Params } from '../telegram-methods/method.ts';
import { messageFault } from './message-faults.ts';
import { REFUSALS, refusal, type Refusal, type RefusingDeed } from './refusals.ts';
import { receiptOf, tell } from './telling.ts';
import type { WebhookDeed, WebhookWorld } from './world.ts';

/** A message as it came, signed. */
export interface Posted {
  readonly bot: Bot;
  /** What the header says. */
  readonly key: unknown;
  readonly params: Params;
  /** Arrival, in milliseconds since 1970. */
  readonly at: number;
}

/** An answer, and how long it is held back. */
export interface Delayed {
  readonly answer: Answer;
  readonly latencyMs: number;
}

/** A message that can be taken. */
interface Letter {
  readonly key: string;
  readonly to: string;
  readonly message: Params;
}

interface Executed {
  readonly answer: Answer;
  /** 0: no new message. */
  readonly messageId: number;
}

/** The name of the only method that rules and the record know here. */
const METHOD = 'message';
const INCOMPLETE: Refusal = { status: 400, code: 'incomplete' };

const refused = (why: Refusal): Executed => ({ answer: refusal(why), messageId: 0 });

const isRefusing = (deed: WebhookDeed): deed is RefusingDeed => deed.kind in REFUSALS;

const answerOf = (deed: WebhookDeed): Answer => {
  if (!isRefusing(deed)) return spoiled(deed);
  const { retryAfter } = deed;
  return refusal({ ...REFUSALS[deed.kind], ...(retryAfter === undefined ? {} : { retryAfter }) });
};

const isDone = (deed: WebhookDeed): boolean => !isRefusing(deed) && isExecuted(deed);

/** The name of a message stands in a header and in the body. */
const letterIn = ({ key, params }: Posted): Letter | undefined => {
  const { id, to } = params;
  const message = asObject(params['message']);
  const isNamed = typeof key === 'string' && key !== '' && key === id;
  if (!isNamed || typeof to !== 'string' || to === '' || message === undefined) return undefined;
  return { key, to, message };
};

/** Takes messages, each once, and notes what became of every request. */
export class Takings {
  readonly #world: WebhookWorld;

  constructor(world: WebhookWorld) {
    this.#world = world;
  }

  take(posted: Posted): Delayed {
    const { bot, at, params } = posted;
    const { troubles, counts, people } = this.#world;
    const { to } = params;
    const chat = typeof to === 'string' && to !== '' ? people.numberOf(to) : undefined;
    if (!troubles.admits(bot, at))
      return { answer: this.#noted(posted, chat, refused(REFUSALS.flood)), latencyMs: 0 };
    const { deed, latencyMs } = troubles.meet({ bot, method: METHOD, chat }, (kind) => {
      counts.trouble(kind);
    });
    return { answer: this.#noted(posted, chat, this.#fate(posted, deed)), latencyMs };
  }

  #fate(posted: Posted, deed: WebhookDeed | undefined): Executed {
    if (deed === undefined) return this.#execute(posted);
    const { messageId } = isDone(deed) ? this.#execute(posted) : { messageId: 0 };
    return { answer: answerOf(deed), messageId };
  }

  #execute(posted: Posted): Executed {
    const { bot } = posted;
    const { counts, people, taken } = this.#world;
    const letter = letterIn(posted);
    if (letter === undefined) return refused(INCOMPLETE);
    const code = messageFault(letter.message);
    if (code !== undefined) return refused({ status: 422, code });
    if (bot.blocked.has(people.numberOf(letter.to))) return refused(REFUSALS.blocked);
    const known = taken.find(bot, letter.key);
    if (known === undefined) return this.#keep(posted, letter);
    // Told so again, and no second message: for the record, a request that made none.
    counts.trouble('repeated');
    return { answer: this.#acceptance(known), messageId: 0 };
  }

  #keep({ bot, params, at }: Posted, { key, to, message }: Letter): Executed {
    const { ids, conversations, people, taken } = this.#world;
    const messageId = ids.takeMessage();
    const id = ids.ofMessage(messageId);
    const kept = { ...message, key: params['key'] };
    taken.remember(bot, key, { number: messageId, at });
    const chat = people.numberOf(to);
    conversations.put({ bot, chat, id, content: JSON.stringify(kept) });
    followPlan(this.#world.receipts, (what, copies) => {
      const event = receiptOf(what, to, { ...kept, id });
      void tell(this.#world, bot, { event, retry: true, copies });
    });
    return { answer: this.#acceptance(messageId), messageId };
  }

  #acceptance(messageId: number): Answer {
    return { status: 200, body: JSON.stringify({ id: this.#world.ids.ofMessage(messageId) }) };
  }

  #noted({ bot, params, at }: Posted, chat: number | undefined, executed: Executed): Answer {
    const { counts, record } = this.#world;
    const { answer, messageId } = executed;
    const contentHash = hashText(JSON.stringify(params['message'] ?? null));
    const accepted = messageId !== 0 && chat !== undefined;
    if (accepted) counts.accepted(bot, chat, contentHash);
    else counts.refused(bot, answer.status);
    const { status } = answer;
    const entry = { bot: bot.number, chat, method: METHOD, at, accepted, messageId };
    record.append({ ...entry, contentHash, status });
    return answer;
  }
}
