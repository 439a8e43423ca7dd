import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { Bot, Webhook } from './bots.ts';
import type { Counts } from './counts.ts';
import type { Update } from './updates.ts';
import { carryOut, type WebhookReply } from './webhook-reply.ts';

/** What became of an update. */
export interface Delivery {
  /** The webhook's last HTTP status; 0 when it gave none. */
  readonly status: number;
  /** Why nothing was sent. */
  readonly reason?: 'no_webhook' | 'not_allowed';
  /** What the webhook asked for in its answer. */
  readonly reply?: WebhookReply;
}

/** How a messenger calls webhooks. */
export interface Dialect {
  /** What says, beside the body, that it is the messenger who calls. */
  readonly headers: (bot: Bot, body: string) => Readonly<Record<string, string>>;
  readonly takes: (webhook: Webhook, kind: string) => boolean;
  /** What an answer asks for; nothing where absent. */
  readonly carryOut?: (bot: Bot, contentType: string, body: string) => WebhookReply | undefined;
}

const MOST_TRIES = 5;
const FIRST_PAUSE_MS = 100;
const ANSWER_WITHIN_MS = 10_000;
const NOT_BY_DEFAULT: readonly string[] = [
  'chat_member',
  'message_reaction',
  'message_reaction_count',
];

const kindOf = (update: Update): string =>
  Object.keys(update).find((field) => field !== 'update_id') ?? '';

const TELEGRAM: Dialect = {
  headers: ({ webhook }) =>
    webhook?.secretToken === undefined
      ? {}
      : { 'x-telegram-bot-api-secret-token': webhook.secretToken },
  takes: (webhook, kind) =>
    webhook.allowedUpdates?.includes(kind) ?? !NOT_BY_DEFAULT.includes(kind),
  carryOut,
};

const isTaken = (status: number): boolean => status >= 200 && status < 300;

/** Brings updates to the bots' webhooks, again and again when they do not take them. */
export class Webhooks {
  readonly #counts: Counts;
  readonly #dialect: Dialect;
  readonly #agent = new Agent({ headersTimeout: ANSWER_WITHIN_MS, bodyTimeout: ANSWER_WITHIN_MS });
  readonly #closing = new AbortController();

  constructor(counts: Counts, dialect = TELEGRAM) {
    this.#counts = counts;
    this.#dialect = dialect;
  }

  /** Brings an update as {@link deliverBody} does. */
  deliver(bot: Bot, update: Update, retry: boolean): Promise<Delivery> {
    return this.deliverBody(bot, { kind: kindOf(update), body: JSON.stringify(update) }, retry);
  }

  /**
   * Posts the body at once and, with `retry`, again after 100, 200, 400 and 800 ms until a 2xx
   * comes. Never throws: a webhook that cannot be reached has status 0.
   */
  async deliverBody(
    bot: Bot,
    { kind, body }: { readonly kind: string; readonly body: string },
    retry: boolean,
  ): Promise<Delivery> {
    const { webhook } = bot;
    if (webhook === undefined) return { status: 0, reason: 'no_webhook' };
    if (!this.#dialect.takes(webhook, kind)) return { status: 0, reason: 'not_allowed' };
    bot.pendingUpdates += 1;
    const delivery = await this.#tryToDeliver(bot, { webhook, body }, retry);
    bot.pendingUpdates -= 1;
    this.#counts.webhook(isTaken(delivery.status));
    return delivery;
  }

  /** Breaks off everything under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#agent.destroy();
  }

  async #tryToDeliver(
    bot: Bot,
    { webhook, body }: { readonly webhook: Webhook; readonly body: string },
    retry: boolean,
  ): Promise<Delivery> {
    const tries = retry ? MOST_TRIES : 1;
    let delivery: Delivery = { status: 0 };
    for (let attempt = 1; attempt <= tries && !this.#closing.signal.aborted; attempt += 1) {
      if (attempt > 1) await this.#wait(FIRST_PAUSE_MS * 2 ** (attempt - 2));
      delivery = await this.#post(bot, webhook, body);
      if (isTaken(delivery.status)) return delivery;
    }
    return delivery;
  }

  async #post(bot: Bot, webhook: Webhook, body: string): Promise<Delivery> {
    try {
      const response = await request(webhook.url, {
        method: 'POST',
        dispatcher: this.#agent,
        signal: this.#closing.signal,
        headers: { 'content-type': 'application/json', ...this.#dialect.headers(bot, body) },
        body,
      });
      const { statusCode: status, headers } = response;
      const answer = await response.body.text();
      if (!isTaken(status)) {
        this.#remember(bot, `Wrong response from the webhook: ${status}`);
        return { status };
      }
      const reply = this.#dialect.carryOut?.(bot, String(headers['content-type'] ?? ''), answer);
      return { status, ...(reply && { reply }) };
    } catch {
      this.#remember(bot, 'Connection failed');
      return { status: 0 };
    }
  }

  #remember(bot: Bot, message: string): void {
    bot.lastError = { date: Math.floor(Date.now() / 1000), message };
  }

  async #wait(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#closing.signal }).catch(() => undefined);
  }
}
