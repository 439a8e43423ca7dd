import type { IncomingMessage, ServerResponse } from 'node:http';
import { isExecuted, refusal, spoiled, success, write, type Answer } from './answers.ts';
import type { Bots } from './bots.ts';
import { contentHash, readFields } from './call.ts';
import type { Counts } from './counts.ts';
import { bodyLimit, readBody } from './http/body.ts';
import type { Inboxes } from './inboxes.ts';
import type { SendRecord } from './record.ts';
import type { Troubles } from './rules.ts';
import { findMethod } from './telegram-methods/find-method.ts';
import { badRequest, refuse, textOf } from './telegram-methods/method.ts';
import type { Call, Done, PlainMethod, Refusal, SendMethod } from './telegram-methods/method.ts';

/** All that the sandbox holds. */
export interface World {
  readonly bots: Bots;
  readonly inboxes: Inboxes;
  readonly record: SendRecord;
  readonly counts: Counts;
  readonly troubles: Troubles;
}

interface Delayed {
  readonly answer: Answer;
  readonly latencyMs: number;
}

interface Executed {
  readonly answer: Answer;
  /** 0: refused. */
  readonly messageId: number;
}

const NOTHING_DONE: Executed = { answer: { status: 0, body: '' }, messageId: 0 };
const TARGET = /^\/bot([^/?]*)\/([^/?]+)(?:\?(.*))?$/;

const atOnce = (answer: Answer): Delayed => ({ answer, latencyMs: 0 });

const plainText = (text: string): string => {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const targetOf = (url: string | undefined) => {
  const [, token = '', name = '', query = ''] = TARGET.exec(url ?? '') ?? [];
  return { token: plainText(token), name, query };
};

/** The chat of a call: every number is somebody, a name is nobody. */
const chatIn = (value: unknown): number | Refusal => {
  const text = textOf(value) ?? '';
  if (text === '') return badRequest('chat_id is empty');
  const chat = Number(text);
  return Number.isSafeInteger(chat) && chat !== 0 ? chat : badRequest('chat not found');
};

const answerTo = (done: Done | Refusal): Answer =>
  'refused' in done ? refusal(done) : success(JSON.stringify(done.result), done.description);

/** `/bot<token>/<method>`, as Telegram answers it. */
export class BotApi {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Answers one request; `at` is its arrival in milliseconds. */
  async handle(request: IncomingMessage, response: ServerResponse, at: number): Promise<void> {
    const body = await readBody(request, bodyLimit(request));
    if (body === 'gone') return;
    if (body === 'too large') {
      write(response, refusal(refuse(413, 'Request Entity Too Large')));
      return;
    }
    const { answer, latencyMs } = this.#answer(request, body, at);
    if (latencyMs === 0) write(response, answer);
    else setTimeout(write, latencyMs, response, answer).unref();
  }

  #answer(request: IncomingMessage, body: Buffer, at: number): Delayed {
    const { token, name, query } = targetOf(request.url);
    const bot = this.#world.bots.find(token);
    if (bot === undefined) {
      this.#world.counts.unknownToken();
      return atOnce(refusal(refuse(401, 'Unauthorized')));
    }
    const method = findMethod(name);
    if (method === undefined) return atOnce(refusal(refuse(404, 'Not Found: method not found')));
    const fields = readFields(body, request.headers['content-type'] ?? '', query);
    if ('refused' in fields) return atOnce(refusal(fields));
    const call = { bot, ...fields };
    return method.sends ? this.#send(method, call, at) : this.#run(method, call);
  }

  #run(method: PlainMethod, call: Call): Delayed {
    const { counts, troubles } = this.#world;
    counts.otherCall(method.name);
    const encounter = { bot: call.bot, method: method.name, chat: undefined };
    const { deed, latencyMs } = troubles.meet(encounter, (kind) => {
      counts.trouble(kind);
    });
    if (deed === undefined) return { answer: answerTo(method.run(call)), latencyMs };
    if (isExecuted(deed)) method.run(call);
    return { answer: spoiled(deed), latencyMs };
  }

  #send(method: SendMethod, call: Call, at: number): Delayed {
    const chat = chatIn(call.params['chat_id']);
    const chatId = typeof chat === 'number' ? chat : undefined;
    const { deed, latencyMs } = this.#fate(method, call, chatId, at);
    const executed =
      deed === undefined || isExecuted(deed) ? this.#execute(method, call, chat) : NOTHING_DONE;
    const answer = deed === undefined ? executed.answer : spoiled(deed);
    const { messageId } = executed;
    this.#note({ method, call, at, chat: chatId, messageId, status: answer.status });
    return { answer, latencyMs };
  }

  #fate(method: SendMethod, { bot }: Call, chat: number | undefined, at: number) {
    const { counts, troubles } = this.#world;
    if (!troubles.admits(bot, at))
      return { deed: { kind: 'flood', retryAfter: 1 } as const, latencyMs: 0 };
    return troubles.meet({ bot, method: method.name, chat }, (kind) => {
      counts.trouble(kind);
    });
  }

  #execute(method: SendMethod, call: Call, chat: number | Refusal): Executed {
    if (typeof chat !== 'number') return { answer: refusal(chat), messageId: 0 };
    const contents = method.contents(call);
    if ('refused' in contents) return { answer: refusal(contents), messageId: 0 };
    if (call.bot.blocked.has(chat)) return { answer: spoiled({ kind: 'blocked' }), messageId: 0 };
    const { messageId, json } = this.#world.inboxes.put(call.bot, chat, contents);
    return { answer: success(json), messageId };
  }

  #note(sent: {
    readonly method: SendMethod;
    readonly call: Call;
    readonly at: number;
    readonly chat: number | undefined;
    readonly messageId: number;
    readonly status: number;
  }): void {
    const { method, call, at, chat, messageId, status } = sent;
    const hash = contentHash(method.name, call);
    const isAccepted = messageId !== 0 && chat !== undefined;
    if (isAccepted) this.#world.counts.accepted(call.bot, chat, hash);
    else this.#world.counts.refused(call.bot, status);
    this.#world.record.append({
      bot: call.bot.number,
      chat,
      method: method.name,
      at,
      accepted: isAccepted,
      messageId,
      contentHash: hash,
      status,
    });
  }
}
