import type { Bot } from './bots.ts';
import { hashAddressed, type Hash64 } from './hash.ts';
import { ChatCounter } from './tables/chat-counter.ts';
import { FingerprintSet } from './tables/fingerprint-set.ts';

/** Requests to send. `requests = accepted + refused`; `flooded` (answered 429) is a part of `refused`. */
export interface SendCounts {
  readonly requests: number;
  readonly accepted: number;
  readonly refused: number;
  readonly flooded: number;
  /** Chats (of one bot each) that got at least one message. */
  readonly distinctChats: number;
  /** Accepted beyond the first with the same bot, chat and content. */
  readonly duplicates: number;
}

/** What `GET /sandbox/telegram/counts` answers. */
export interface CountsReport extends SendCounts {
  readonly trouble: Readonly<{ [kind: string]: number }>;
  readonly perBot: Readonly<{ [token: string]: SendCounts }>;
  readonly presses: number;
  readonly webhooks: { readonly delivered: number; readonly failed: number };
  /** Calls of methods that send nothing, by method. */
  readonly otherCalls: Readonly<{ [method: string]: number }>;
  /** Requests with a token that no bot has. */
  readonly unknownToken: number;
}

class BotCounts {
  requests = 0;
  accepted = 0;
  flooded = 0;
  duplicates = 0;
  readonly chats = new ChatCounter();

  report(): SendCounts {
    return {
      requests: this.requests,
      accepted: this.accepted,
      refused: this.requests - this.accepted,
      flooded: this.flooded,
      distinctChats: this.chats.size,
      duplicates: this.duplicates,
    };
  }
}

const sum = (parts: readonly SendCounts[]): SendCounts => {
  const of = (name: keyof SendCounts) => parts.reduce((total, part) => total + part[name], 0);
  return {
    requests: of('requests'),
    accepted: of('accepted'),
    refused: of('refused'),
    flooded: of('flooded'),
    distinctChats: of('distinctChats'),
    duplicates: of('duplicates'),
  };
};

const bump = (tally: Map<string, number>, key: string): void => {
  tally.set(key, (tally.get(key) ?? 0) + 1);
};

/** Totals since the last reset. */
export class Counts {
  #bots = new Map<Bot, BotCounts>();
  #sent = new FingerprintSet();
  #trouble = new Map<string, number>();
  #otherCalls = new Map<string, number>();
  #presses = 0;
  #delivered = 0;
  #failed = 0;
  #unknownToken = 0;

  /** A request to send was executed and a message exists. */
  accepted(bot: Bot, chat: number, content: Hash64): void {
    const counts = this.#of(bot);
    counts.requests += 1;
    counts.accepted += 1;
    counts.chats.increment(chat);
    if (!this.#sent.add(hashAddressed(content, bot.number, chat))) counts.duplicates += 1;
  }

  /** A request to send was not executed. */
  refused(bot: Bot, status: number): void {
    const counts = this.#of(bot);
    counts.requests += 1;
    if (status === 429) counts.flooded += 1;
  }

  trouble(kind: string): void {
    bump(this.#trouble, kind);
  }

  otherCall(method: string): void {
    bump(this.#otherCalls, method);
  }

  press(): void {
    this.#presses += 1;
  }

  webhook(isDelivered: boolean): void {
    if (isDelivered) this.#delivered += 1;
    else this.#failed += 1;
  }

  unknownToken(): void {
    this.#unknownToken += 1;
  }

  report(): CountsReport {
    const perBot = [...this.#bots].map(([bot, counts]) => [bot.token, counts.report()] as const);
    return {
      ...sum(perBot.map(([, counts]) => counts)),
      trouble: Object.fromEntries(this.#trouble),
      perBot: Object.fromEntries(perBot),
      presses: this.#presses,
      webhooks: { delivered: this.#delivered, failed: this.#failed },
      otherCalls: Object.fromEntries(this.#otherCalls),
      unknownToken: this.#unknownToken,
    };
  }

  clear(): void {
    this.#bots = new Map();
    this.#sent = new FingerprintSet();
    this.#trouble = new Map();
    this.#otherCalls = new Map();
    this.#presses = 0;
    this.#delivered = 0;
    this.#failed = 0;
    this.#unknownToken = 0;
  }

  #of(bot: Bot): BotCounts {
    const known = this.#bots.get(bot);
    if (known !== undefined) return known;
    const fresh = new BotCounts();
    this.#bots.set(bot, fresh);
    return fresh;
  }
}
