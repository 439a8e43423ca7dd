import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { Bot } from '../bots.ts';
import type { Counts } from '../counts.ts';
import type { Delivery } from '../webhooks.ts';

/** One address that a community's events go to. */
export interface CallbackServer {
  readonly id: number;
  url: string;
  title: string;
  secret: string;
  status: 'unconfigured' | 'failed' | 'ok';
  /** Kinds of events that it gets. */
  readonly events: Set<string>;
}

/** An event before it has an id. */
export interface CallbackEvent {
  readonly type: string;
  readonly object: unknown;
  /** The same for copies of one event. */
  readonly eventId?: string;
}

const MOST_TRIES = 5;
const FIRST_PAUSE_MS = 100;
const ANSWER_WITHIN_MS = 10_000;
const API_VERSION = '5.199';

interface Answered {
  readonly status: number;
  readonly body: string;
}

/** The callback servers of all communities, and the way to them. */
export class CallbackServers {
  readonly #servers = new Map<Bot, CallbackServer[]>();
  readonly #counts: Counts;
  readonly #agent = new Agent({ headersTimeout: ANSWER_WITHIN_MS, bodyTimeout: ANSWER_WITHIN_MS });
  readonly #closing = new AbortController();
  #lastId = 0;

  constructor(counts: Counts) {
    this.#counts = counts;
  }

  of(bot: Bot): readonly CallbackServer[] {
    return this.#servers.get(bot) ?? [];
  }

  add(bot: Bot, fields: Pick<CallbackServer, 'url' | 'title' | 'secret'>): CallbackServer {
    this.#lastId += 1;
    const server: CallbackServer = {
      ...fields,
      id: this.#lastId,
      status: 'unconfigured',
      events: new Set(),
    };
    this.#servers.set(bot, [...this.of(bot), server]);
    return server;
  }

  remove(bot: Bot, server: CallbackServer): void {
    this.#servers.set(
      bot,
      this.of(bot).filter((each) => each !== server),
    );
  }

  /** Asks the server for the code of its community; only one that says it gets events. */
  async confirm(bot: Bot, server: CallbackServer, code: string): Promise<void> {
    const secret = server.secret === '' ? {} : { secret: server.secret };
    const body = JSON.stringify({ type: 'confirmation', group_id: bot.id, ...secret });
    const answered = await this.#post(server.url, body, 0);
    const isRight = answered.status === 200 && answered.body.trim() === code;
    server.status = isRight ? 'ok' : 'failed';
  }

  /**
   * Brings an event to every server that wants it; with `retry`, again after 100, 200, 400 and 800 ms until it hears
   * `ok`. What is told is of the first server. Never throws: one that cannot be reached has status 0.
   */
  async deliver(bot: Bot, event: CallbackEvent, retry: boolean): Promise<Delivery> {
    const servers = this.of(bot).filter(({ status }) => status === 'ok');
    if (servers.length === 0) return { status: 0, reason: 'no_webhook' };
    const wanting = servers.filter(({ events }) => events.has(event.type));
    if (wanting.length === 0) return { status: 0, reason: 'not_allowed' };
    const eventId = event.eventId ?? randomUUID().replaceAll('-', '');
    const { type, object } = event;
    const told = { type, group_id: bot.id, event_id: eventId, v: API_VERSION, object };
    const statuses = await Promise.all(
      wanting.map((server) => this.#bring(bot, server, { told, retry })),
    );
    return { status: statuses[0] ?? 0 };
  }

  /** Breaks off everything under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#agent.destroy();
  }

  async #bring(
    bot: Bot,
    server: CallbackServer,
    { told, retry }: { readonly told: object; readonly retry: boolean },
  ): Promise<number> {
    const secret = server.secret === '' ? {} : { secret: server.secret };
    const body = JSON.stringify({ ...told, ...secret });
    const tries = retry ? MOST_TRIES : 1;
    let status = 0;
    for (let attempt = 0; attempt < tries && !this.#closing.signal.aborted; attempt += 1) {
      if (attempt > 0) await this.#wait(FIRST_PAUSE_MS * 2 ** (attempt - 1));
      const answered = await this.#post(server.url, body, attempt);
      status = answered.status;
      // VK takes this word for a wish to hear nothing any more.
      if (answered.body === 'remove') this.remove(bot, server);
      if (status === 200 && answered.body === 'ok') {
        this.#counts.webhook(true);
        return status;
      }
    }
    this.#counts.webhook(false);
    return status;
  }

  async #post(url: string, body: string, attempt: number): Promise<Answered> {
    try {
      const response = await request(url, {
        method: 'POST',
        dispatcher: this.#agent,
        signal: this.#closing.signal,
        headers: {
          'content-type': 'application/json',
          ...(attempt > 0 && { 'x-retry-counter': String(attempt) }),
        },
        body,
      });
      return { status: response.statusCode, body: await response.body.text() };
    } catch {
      return { status: 0, body: '' };
    }
  }

  async #wait(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#closing.signal }).catch(() => undefined);
  }
}
