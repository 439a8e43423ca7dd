import { isExecuted, spoiled, type Answer } from '../answers.ts';
import type { Bot } from '../bots.ts';
import { hashText } from '../hash.ts';
import { asObject, type Params } from '../telegram-methods/method.ts';
import { activityFault } from './activity-faults.ts';
import { BLOCKED, TOO_BIG, refusal, throttled } from './errors.ts';
import { answerOf, type Delayed } from './logins.ts';
import type { SkypeDeed, SkypeWorld } from './world.ts';

/** A request to send, as it came. */
export interface Sending {
  readonly bot: Bot;
  /** Id of the conversation. */
  readonly conversation: string;
  readonly body: Buffer | 'too large';
  /** Arrival, in milliseconds since 1970. */
  readonly at: number;
}

interface Executed {
  readonly answer: Answer;
  /** 0: refused. */
  readonly messageId: number;
}

/** The name of the only method that rules and the record know here, beside `token`. */
export const METHOD = 'send';
const MOST_BYTES = 28 * 1024;
const CREATED = 201;

const readActivity = (body: Buffer | 'too large'): Params | undefined => {
  try {
    return body === 'too large' ? undefined : asObject(JSON.parse(body.toString()));
  } catch {
    return undefined;
  }
};

// The same for everything that says the same, whoever it is said to.
const contentHash = (activity: Params | undefined) =>
  hashText(JSON.stringify({ ...activity, conversation: undefined, recipient: undefined }));

/** Executes requests to send and notes what became of them. */
export class Sendings {
  readonly #world: SkypeWorld;

  constructor(world: SkypeWorld) {
    this.#world = world;
  }

  send(sending: Sending): Delayed {
    const { troubles, places } = this.#world;
    const { bot, at } = sending;
    const chat = places.numberOf(sending.conversation);
    const activity = readActivity(sending.body);
    if (!troubles.admits(bot, at)) {
      const executed = { answer: refusal(throttled(1)), messageId: 0 };
      return { answer: this.#noted(sending, { chat, activity, executed }), latencyMs: 0 };
    }
    const { deed, latencyMs } = this.#world.meet(troubles, { bot, method: METHOD, chat });
    const executed = this.#fate(sending, { chat, activity, deed });
    return { answer: this.#noted(sending, { chat, activity, executed }), latencyMs };
  }

  #fate(
    sending: Sending,
    met: {
      readonly chat: number;
      readonly activity: Params | undefined;
      readonly deed: SkypeDeed | undefined;
    },
  ): Executed {
    const { deed } = met;
    if (deed === undefined) return this.#execute(sending, met);
    if (deed.kind === 'refused' || !isExecuted(deed))
      return { answer: answerOf(deed), messageId: 0 };
    return { ...this.#execute(sending, met), answer: spoiled(deed) };
  }

  #execute(
    { bot, body }: Sending,
    { chat, activity }: { readonly chat: number; readonly activity: Params | undefined },
  ): Executed {
    const isTooBig = body === 'too large' || body.length > MOST_BYTES;
    const gone = bot.blocked.has(chat) ? BLOCKED : undefined;
    const fault = isTooBig ? TOO_BIG : (activityFault(activity) ?? gone);
    if (fault !== undefined) return { answer: refusal(fault), messageId: 0 };
    const { ids, conversations } = this.#world;
    const messageId = ids.takeMessage();
    const id = ids.ofMessage(messageId);
    conversations.put({ bot, chat, id, content: JSON.stringify(activity) });
    return { answer: { status: CREATED, body: JSON.stringify({ id }) }, messageId };
  }

  #noted(
    { bot, at }: Sending,
    became: {
      readonly chat: number;
      readonly activity: Params | undefined;
      readonly executed: Executed;
    },
  ): Answer {
    const { chat, activity, executed } = became;
    const { answer, messageId } = executed;
    const { counts, record } = this.#world;
    const hash = contentHash(activity);
    const accepted = messageId !== 0;
    if (accepted) counts.accepted(bot, chat, hash);
    else counts.refused(bot, answer.status);
    const { status } = answer;
    const entry = { bot: bot.number, chat, method: METHOD, at, accepted, messageId };
    record.append({ ...entry, contentHash: hash, status });
    return answer;
  }
}
