import type { Bot } from './bots.ts';
import { chatShare } from './hash.ts';
import { ChatCounter } from './tables/chat-counter.ts';

/** Refusals whose whole meaning is in their name. */
export const REFUSALS = [
  'blocked',
  'deactivated',
  'chat_not_found',
  'never_started',
  'markup_too_long',
  'cant_parse',
  'bad_url',
  'unauthorized',
] as const;

/** Answers that never come: `…_before` without the work being done, `…_after` with. */
export const LOST_ANSWERS = [
  'reset_before',
  'reset_after',
  'timeout_before',
  'timeout_after',
] as const;

/** Trouble of a server that does not say whether it did the work; `executed: true` means that it did. */
export const VAGUE_TROUBLE = [
  'server_error',
  'bad_gateway',
  'service_unavailable',
  'garbage',
] as const;

/** An answer that comes word for word as told; the work is not done. */
export interface ToldAnswer {
  readonly kind: 'answer';
  /** Of HTTP. */
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What happens to a request whatever the messenger: the trouble of networks and servers. */
export type CommonDeed =
  | { readonly kind: (typeof LOST_ANSWERS)[number] }
  | { readonly kind: (typeof VAGUE_TROUBLE)[number]; readonly executed?: boolean }
  | ToldAnswer;

/** What happens to a request to Telegram. */
export type Deed =
  | CommonDeed
  | { readonly kind: (typeof REFUSALS)[number] }
  /** 429 in body and header; `retryAfter` in seconds. */
  | { readonly kind: 'flood'; readonly retryAfter: number }
  /** The group became the supergroup `to`. */
  | { readonly kind: 'migrate'; readonly to: number };

/** Executes at once and answers `ms` later; rules after this one are still asked. */
export interface Latency {
  readonly kind: 'latency';
  readonly ms: number;
}

/** Which requests meet trouble, and which. All conditions must hold; the first matching rule wins. */
export interface Rule<Does extends { readonly kind: string } = Deed> {
  readonly id?: string;
  /** Token of the bot. */
  readonly bot?: string;
  readonly chat?: number | readonly number[];
  /** Only chats whose `chatShare(chat, of)` is `is`. */
  readonly share?: { readonly of: number; readonly is: number };
  readonly method?: string;
  /** Only every nth request of a chat that comes as far as this rule. */
  readonly nth?: number;
  /** Fires so often in all, then never again. */
  readonly times?: number;
  readonly do: Does | Latency;
}

/** All trouble there is. */
export interface TroublePlan<Does extends { readonly kind: string } = Deed> {
  readonly rules: readonly Rule<Does>[];
  /** Added to every answer of the messenger's API. */
  readonly latencyMs?: number;
  /** Requests to send per bot in any one second; more are answered 429. */
  readonly perSecond?: number;
}

/** What a rule looks at. */
export interface Encounter {
  readonly bot: Bot;
  readonly method: string;
  readonly chat: number | undefined;
}

/** What a request has to expect. */
export interface Fate<Does = Deed> {
  readonly deed: Does | undefined;
  readonly latencyMs: number;
}

class ArmedRule<Does extends { readonly kind: string }> {
  readonly rule: Rule<Does>;
  readonly #chats: ReadonlySet<number> | undefined;
  readonly #method: string | undefined;
  readonly #turns = new ChatCounter();
  #fired = 0;

  constructor(rule: Rule<Does>) {
    this.rule = rule;
    this.#chats = rule.chat === undefined ? undefined : new Set([rule.chat].flat());
    this.#method = rule.method?.toLowerCase();
  }

  fires(encounter: Encounter): boolean {
    const { nth, times } = this.rule;
    if (times !== undefined && this.#fired >= times) return false;
    if (!this.#concerns(encounter)) return false;
    if (nth !== undefined && this.#turns.increment(encounter.chat ?? -1) % nth !== 0) return false;
    this.#fired += 1;
    return true;
  }

  #concerns({ bot, method, chat }: Encounter): boolean {
    if (this.rule.bot !== undefined && this.rule.bot !== bot.token) return false;
    if (this.#method !== undefined && this.#method !== method.toLowerCase()) return false;
    return this.#concernsChat(chat);
  }

  #concernsChat(chat: number | undefined): boolean {
    const { share } = this.rule;
    if (this.#chats === undefined && share === undefined) return true;
    if (chat === undefined) return false;
    if (this.#chats?.has(chat) === false) return false;
    return share === undefined || chatShare(chat, share.of) === share.is;
  }
}

/** At most `limit` in any second: remembers when the last `limit` were let in. */
class SlidingSecond {
  readonly #admitted: Float64Array;
  #next = 0;

  constructor(limit: number) {
    this.#admitted = new Float64Array(limit);
  }

  admits(at: number): boolean {
    if (at - (this.#admitted[this.#next] ?? 0) < 1000) return false;
    this.#admitted[this.#next] = at;
    this.#next = (this.#next + 1) % this.#admitted.length;
    return true;
  }
}

const isLatency = (deed: { readonly kind: string }): deed is Latency => deed.kind === 'latency';

/** The trouble in force: the same requests in the same order always meet the same. */
export class Troubles<Does extends { readonly kind: string } = Deed> {
  #rules: readonly ArmedRule<Does>[] = [];
  #latencyMs = 0;
  #perSecond: number | undefined;
  #seconds = new Map<Bot, SlidingSecond>();

  /** Replaces everything; counters of rules start again. */
  replace(plan: TroublePlan<Does>): void {
    this.#rules = plan.rules.map((rule) => new ArmedRule(rule));
    this.#latencyMs = plan.latencyMs ?? 0;
    this.#perSecond = plan.perSecond;
    this.#seconds = new Map();
  }

  /** False when the bot has had its starts of this second (`at` in milliseconds). */
  admits(bot: Bot, at: number): boolean {
    if (this.#perSecond === undefined) return true;
    const second = this.#seconds.get(bot) ?? new SlidingSecond(this.#perSecond);
    this.#seconds.set(bot, second);
    return second.admits(at);
  }

  /** Asks the rules in order; `onFired` hears the kind of each that fires. */
  meet(encounter: Encounter, onFired: (kind: string) => void): Fate<Does> {
    let latencyMs = this.#latencyMs;
    for (const armed of this.#rules) {
      if (!armed.fires(encounter)) continue;
      const deed = armed.rule.do;
      onFired(deed.kind);
      if (!isLatency(deed)) return { deed, latencyMs };
      latencyMs += deed.ms;
    }
    return { deed: undefined, latencyMs };
  }
}
