import { isExecuted, spoiled, type Answer } from '../answers.ts';
import type { Bot } from '../bots.ts';
import { hashText, type Hash64 } from '../hash.ts';
import type { CommonDeed } from '../rules.ts';
import type { Params } from '../telegram-methods/method.ts';
import { scheduleReceipts } from './callbacks.ts';
import { messageFault } from './message-faults.ts';
import { REFUSALS, statusOf, type Status } from './statuses.ts';
import type { ViberDeed, ViberWorld } from './world.ts';

/** A request to send: a message, and everybody it is for. */
export interface Sending {
  readonly bot: Bot;
  readonly method: 'send_message' | 'broadcast_message';
  readonly params: Params;
  /** Arrival, in milliseconds since 1970. */
  readonly at: number;
}

export interface Sent {
  readonly answer: Answer;
  readonly latencyMs: number;
}

/** What is to become of one receiver. */
interface Fate {
  readonly receiver: string;
  readonly chat: number;
  readonly refused: Status | undefined;
}

const MOST_RECEIVERS = 300;
const HTTP_OK = 200;
const HTTP_TOO_MANY = 429;

export const answerWith = (fields: object): Answer => ({
  status: HTTP_OK,
  body: JSON.stringify(fields),
});

const receiversOf = ({ method, params }: Sending): readonly string[] | Status => {
  const { receiver, broadcast_list: list } = params;
  const given: unknown = method === 'send_message' ? [receiver] : list;
  if (!Array.isArray(given) || given.length === 0) return statusOf('missingData', 'receiver');
  if (given.length > MOST_RECEIVERS) return statusOf('badData', 'more than 300 receivers');
  const receivers = given.filter((each) => typeof each === 'string' && each !== '');
  return receivers.length === given.length
    ? (receivers as readonly string[])
    : statusOf('missingData', 'receiver');
};

const contentOf = ({
  method,
  params,
}: Sending): { readonly json: string; readonly hash: Hash64 } => {
  const content = { ...params, receiver: undefined, broadcast_list: undefined };
  const json = JSON.stringify({ ...content, auth_token: undefined });
  return { json, hash: hashText(`${method}\n${json}`) };
};

const isCommon = (deed: ViberDeed): deed is CommonDeed => deed.kind !== 'refused';

/** Executes requests to send and notes what became of each receiver. */
export class Sendings {
  readonly #world: ViberWorld;

  constructor(world: ViberWorld) {
    this.#world = world;
  }

  send(sending: Sending): Sent {
    const receivers = receiversOf(sending);
    const fault = 'status' in receivers ? receivers : messageFault(sending.params);
    const named = 'status' in receivers ? [] : receivers;
    if (!this.#world.troubles.admits(sending.bot, sending.at))
      return { answer: this.#refuse(sending, named, statusOf('tooManyRequests')), latencyMs: 0 };
    const { fates, spoiler, latencyMs } = this.#fates(sending, named);
    if (spoiler !== undefined && !isExecuted(spoiler))
      return { answer: this.#lose(sending, named, spoiled(spoiler)), latencyMs };
    if (fault !== undefined) return { answer: this.#refuse(sending, named, fault), latencyMs };
    const answer = this.#execute(sending, fates, spoiler);
    return { answer: spoiler === undefined ? answer : spoiled(spoiler), latencyMs };
  }

  #fates(sending: Sending, receivers: readonly string[]) {
    const { troubles, counts } = this.#world;
    let latencyMs = 0;
    let spoiler: CommonDeed | undefined;
    const fates = receivers.map((receiver): Fate => {
      const chat = this.#world.receivers.numberOf(receiver);
      const { bot, method } = sending;
      const fate = troubles.meet({ bot, method, chat }, (kind) => {
        counts.trouble(kind);
      });
      latencyMs = Math.max(latencyMs, fate.latencyMs);
      const { deed } = fate;
      if (deed !== undefined && isCommon(deed)) spoiler ??= deed;
      const isGone = bot.blocked.has(chat);
      const gone = isGone ? statusOf('receiverNotSubscribed') : undefined;
      const refused = deed?.kind === 'refused' ? REFUSALS[deed.as] : gone;
      return { receiver, chat, refused };
    });
    return { fates, spoiler, latencyMs };
  }

  #execute(sending: Sending, fates: readonly Fate[], spoiler: CommonDeed | undefined): Answer {
    const number = this.#world.tokens.takeMessage();
    const token = this.#world.tokens.ofMessage(number);
    const content = contentOf(sending);
    const status = spoiler === undefined ? HTTP_OK : spoiled(spoiler).status;
    for (const { receiver, chat, refused } of fates) {
      const messageId = refused === undefined ? number : 0;
      this.#note(sending, { chat, messageId, status, refused }, content.hash);
      if (refused !== undefined) continue;
      const { bot, at } = sending;
      this.#world.chats.put({ bot, chat, token, date: Math.floor(at), content: content.json });
      scheduleReceipts(this.#world, bot, { receiver, token });
    }
    return this.#answer(sending, fates, token);
  }

  #answer({ method }: Sending, fates: readonly Fate[], token: string): Answer {
    const [first] = fates;
    if (method === 'send_message' && first?.refused !== undefined) return answerWith(first.refused);
    const failed = fates
      .filter(({ refused }) => refused !== undefined)
      .map(({ receiver, refused }) => ({ receiver, ...refused }));
    const list = failed.length === 0 ? '' : `,"failed_list":${JSON.stringify(failed)}`;
    return {
      status: HTTP_OK,
      body: `{"status":0,"status_message":"ok","message_token":${token},"chat_hostname":"SN-CHAT-01_","billing_status":1${list}}`,
    };
  }

  #refuse(sending: Sending, receivers: readonly string[], refused: Status): Answer {
    this.#noteAll(sending, receivers, { status: HTTP_OK, refused });
    return answerWith(refused);
  }

  #lose(sending: Sending, receivers: readonly string[], answer: Answer): Answer {
    this.#noteAll(sending, receivers, { status: answer.status, refused: undefined });
    return answer;
  }

  /** Nobody got anything. */
  #noteAll(
    sending: Sending,
    receivers: readonly string[],
    became: { readonly status: number; readonly refused: Status | undefined },
  ): void {
    const { hash } = contentOf(sending);
    for (const receiver of receivers.length === 0 ? [undefined] : receivers) {
      const chat = receiver === undefined ? undefined : this.#world.receivers.numberOf(receiver);
      this.#note(sending, { chat, messageId: 0, ...became }, hash);
    }
  }

  #note(
    { bot, method, at }: Sending,
    became: {
      readonly chat: number | undefined;
      readonly messageId: number;
      readonly status: number;
      readonly refused: Status | undefined;
    },
    contentHash: Hash64,
  ): void {
    const { counts, record } = this.#world;
    const { chat, messageId, status, refused } = became;
    const accepted = messageId !== 0 && chat !== undefined;
    if (accepted) counts.accepted(bot, chat, contentHash);
    else counts.refused(bot, refused?.status === 12 ? HTTP_TOO_MANY : status);
    record.append({ bot: bot.number, chat, method, at, accepted, messageId, contentHash, status });
  }
}
