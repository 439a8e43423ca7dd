import type { Bot } from '../bots.ts';
import { hashText, type Hash64 } from '../hash.ts';
import { isExecuted } from '../answers.ts';
import type { CommonDeed } from '../rules.ts';
import type { Params } from '../telegram-methods/method.ts';
import { errorOf, type Scope, type VkError } from './errors.ts';
import { messageFault, peersIn } from './message-faults.ts';
import { integerIn, textIn } from './params.ts';
import { scheduleReceipts } from './receipts.ts';
import type { VkDeed, VkWorld } from './world.ts';

/** A call of `messages.send`, by itself or in a program. */
export interface SendCall {
  readonly bot: Bot;
  readonly params: Params;
  /** Arrival, in milliseconds since 1970. */
  readonly at: number;
}

/** What is to become of a call: decided for all calls of a request before any of them is executed. */
export interface Prospect {
  readonly call: SendCall;
  readonly peers: readonly number[];
  readonly isList: boolean;
  readonly latencyMs: number;
  /** Of recipients who get nothing. */
  readonly refused: ReadonlyMap<number, VkError>;
  /** Why nobody gets anything. */
  readonly fault: VkError | undefined;
  /** The same for the whole request. */
  readonly requestFault: VkError | undefined;
  /** What becomes of the answer. */
  readonly spoiler: CommonDeed | undefined;
}

const METHOD = 'messages.send';
const HTTP_OK = 200;
const HTTP_TOO_MANY = 429;
const TOO_FAST = 6;
const NO_PERMISSION = 901;
const NOT_CONTENT: readonly string[] = [
  ...['access_token', 'v', 'random_id', 'peer_id', 'peer_ids', 'user_id', 'user_ids'],
];

const NO_TROUBLE = {
  latencyMs: 0,
  refused: new Map<number, VkError>(),
  requestFault: undefined,
  spoiler: undefined,
};

const isSpoiling = (deed: VkDeed | undefined): deed is CommonDeed =>
  deed !== undefined && deed.kind !== 'refused';

const contentOf = (params: Params): { readonly json: string; readonly hash: Hash64 } => {
  const fields = Object.entries(params).filter(([name]) => !NOT_CONTENT.includes(name));
  const json = JSON.stringify(Object.fromEntries(fields));
  return { json, hash: hashText(json) };
};

/** Executes `messages.send` and notes what became of each recipient. */
export class Sendings {
  readonly #world: VkWorld;

  constructor(world: VkWorld) {
    this.#world = world;
  }

  /** Looks who is named and which trouble each of them meets. */
  foresee(call: SendCall): Prospect {
    const named = peersIn(call.params);
    if ('code' in named) return { ...NO_TROUBLE, call, peers: [], isList: true, fault: named };
    const met = named.peers.map((peer) => this.#meet(call.bot, peer));
    const refusals = met.flatMap(({ deed }) => (deed?.kind === 'refused' ? [deed] : []));
    const ofScope = (scope: Scope): VkError | undefined => {
      const code = refusals.find((each) => each.scope === scope)?.code;
      return code === undefined ? undefined : errorOf(code);
    };
    return {
      call,
      ...named,
      latencyMs: Math.max(...met.map(({ latencyMs }) => latencyMs)),
      refused: new Map(met.flatMap(({ peer, error }) => (error ? [[peer, error]] : []))),
      fault: messageFault(call.params) ?? ofScope('call'),
      requestFault: ofScope('request'),
      spoiler: met.map(({ deed }) => deed).find(isSpoiling),
    };
  }

  /** What VK answers: the messages, or why there are none. */
  execute(prospect: Prospect, status = HTTP_OK): { readonly response: unknown } | VkError {
    const { call, peers, isList, fault } = prospect;
    if (fault !== undefined) {
      this.refuse(prospect, { status, code: fault.code });
      return fault;
    }
    const content = contentOf(call.params);
    const items = peers.map((peer) => this.#sendTo(peer, prospect, { ...content, status }));
    if (isList) return { response: items };
    const [only] = items;
    return only?.error === undefined
      ? { response: only?.message_id ?? 0 }
      : errorOf(only.error.code);
  }

  /** Nobody gets anything. */
  refuse(
    { call, peers }: Prospect,
    { status, code }: { readonly status: number; readonly code: number },
  ): void {
    const { hash } = contentOf(call.params);
    for (const peer of peers.length === 0 ? [undefined] : peers)
      this.#note(call, { peer, messageId: 0, status, code }, hash);
  }

  /** One recipient's trouble; `error`: why this one gets nothing, while others may. */
  #meet(bot: Bot, peer: number) {
    const { troubles, counts } = this.#world;
    const { deed, latencyMs } = troubles.meet({ bot, method: METHOD, chat: peer }, (kind) => {
      counts.trouble(kind);
    });
    const isRefused = deed?.kind === 'refused' && deed.scope === 'peer';
    const forbidden = bot.blocked.has(peer) ? errorOf(NO_PERMISSION) : undefined;
    return { peer, deed, latencyMs, error: isRefused ? errorOf(deed.code) : forbidden };
  }

  #sendTo(
    peer: number,
    { call, refused }: Prospect,
    content: { readonly json: string; readonly hash: Hash64; readonly status: number },
  ) {
    const { bot, params, at } = call;
    const { hash, status } = content;
    const error = refused.get(peer);
    if (error !== undefined) {
      this.#note(call, { peer, messageId: 0, status, code: error.code }, hash);
      const { code, message: description } = error;
      return {
        peer_id: peer,
        message_id: 0,
        conversation_message_id: 0,
        error: { code, description },
      };
    }
    const key = integerIn(params['random_id']) ?? 0;
    const known = this.#world.dialogs.find(bot, peer, { key, at });
    if (known !== undefined) {
      // Told so again, and no second message: for the record, a request that made none.
      this.#world.counts.trouble('repeated');
      this.#note(call, { peer, messageId: 0, status, code: 0 }, hash);
      return {
        peer_id: peer,
        message_id: known.messageId,
        conversation_message_id: known.conversationMessageId,
      };
    }
    return this.#deliver(peer, call, { ...content, key });
  }

  #deliver(
    peer: number,
    call: SendCall,
    { json, hash, status, key }: { json: string; hash: Hash64; status: number; key: number },
  ) {
    const { bot, params, at } = call;
    const { chats, dialogs } = this.#world;
    const messageId = bot.takeMessageIds(1);
    const conversationMessageId = dialogs.add(bot, peer);
    const date = Math.floor(at / 1000);
    dialogs.remember(bot, peer, { key, at, messageId, conversationMessageId });
    chats.put({ bot, chat: peer, messageId, conversationMessageId, date, content: json });
    this.#note(call, { peer, messageId, status, code: 0 }, hash);
    const message = { peer, messageId, conversationMessageId, randomId: key, date };
    scheduleReceipts(this.#world, bot, { ...message, text: textIn(params['message']) });
    return {
      peer_id: peer,
      message_id: messageId,
      conversation_message_id: conversationMessageId,
      error: undefined,
    };
  }

  #note(
    { bot, at }: SendCall,
    became: {
      readonly peer: number | undefined;
      readonly messageId: number;
      readonly status: number;
      readonly code: number;
    },
    contentHash: Hash64,
  ): void {
    const { counts, record } = this.#world;
    const { peer: chat, messageId, status, code } = became;
    const accepted = messageId !== 0 && chat !== undefined;
    if (accepted) counts.accepted(bot, chat, contentHash);
    else counts.refused(bot, code === TOO_FAST ? HTTP_TOO_MANY : status);
    record.append({
      bot: bot.number,
      chat,
      method: METHOD,
      at,
      accepted,
      messageId,
      contentHash,
      status,
    });
  }
}

/** True where the answer is lost or spoiled and nothing was done. */
export const isInVain = ({ spoiler }: Prospect): boolean =>
  spoiler !== undefined && !isExecuted(spoiler);
