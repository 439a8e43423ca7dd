import {
  Connector,
  type Assets,
  type Compiled,
  type ContentProblem,
  type MediaReader,
  type Part,
  type Press,
  type SendResult,
  type Sender,
  type WebhookReading,
  type WebhookRequest,
} from '@crier/connector';
import type { Capabilities, Element } from '@crier/contracts';
import { NO_ACCOUNT, accountOf } from './account.ts';
import { BotApi } from './calls/bot-api.ts';
import { classify } from './calls/classify.ts';
import { connectBot } from './connecting.ts';
import { check } from './content/check.ts';
import { compile } from './content/compile.ts';
import { capabilitiesOf } from './limits.ts';
import { Uploads } from './uploads.ts';
import { readUpdate } from './webhook.ts';

/** How Telegram is spoken to. */
export interface TelegramOptions {
  /** The dispatcher's own version, for people. */
  readonly version: string;
  /** For bots that name none. @default 'https://api.telegram.org' */
  readonly apiUrl?: string;
  /** At most so many to one address. @default 50 */
  readonly connections?: number;
  /** To connect, and for an answer; an upload has two minutes. @default 10_000 */
  readonly timeoutMs?: number;
  /** Dates button presses, which carry no time. */
  readonly now?: () => string;
}

const MOST_NOTICE_LENGTH = 200;

const systemNow = (): string => new Date().toISOString();

/**
 * Telegram's Bot API. A sender's credentials: `token`, `webhookSecret` where it has a webhook, and `uploadChat` where
 * uploads are to be sent once and for all. Tokens never appear in results or errors.
 */
export class TelegramConnector extends Connector {
  readonly channel = 'telegram';
  override readonly ownSecrets = ['webhookSecret'];
  readonly capabilities: Capabilities;
  readonly #api: BotApi;
  readonly #uploads: Uploads;
  readonly #now: () => string;

  constructor(options: TelegramOptions) {
    super();
    this.capabilities = capabilitiesOf(options.version);
    this.#api = new BotApi({
      apiUrl: options.apiUrl ?? 'https://api.telegram.org',
      connections: options.connections ?? 50,
      timeoutMs: options.timeoutMs ?? 10_000,
    });
    this.#uploads = new Uploads(this.#api);
    this.#now = options.now ?? systemNow;
  }

  check(elements: readonly Element[]): readonly ContentProblem[] {
    return check(elements);
  }

  prepare(
    sender: Sender,
    elements: readonly Element[],
    media: MediaReader,
    known: Assets,
  ): Promise<Assets> {
    return this.#uploads.prepare(sender, elements, media, known);
  }

  compile(elements: readonly Element[], assets: Assets): Compiled {
    return compile(elements, assets);
  }

  async send(sender: Sender, _address: string, part: Part): Promise<SendResult> {
    const call = this.#api.call(accountOf(sender), part.method, part.body);
    return call === undefined ? NO_ACCOUNT : classify(await call);
  }

  readWebhook(sender: Sender, request: WebhookRequest): WebhookReading {
    return readUpdate(sender, request, this.#now);
  }

  async answerPress(sender: Sender, { id: pressId }: Press, text?: string): Promise<SendResult> {
    const notice = text ? { text: text.slice(0, MOST_NOTICE_LENGTH) } : {};
    const body = JSON.stringify({ callback_query_id: pressId, ...notice });
    const result = await this.send(sender, '', { method: 'answerCallbackQuery', body });
    // The person has stopped waiting for it: nothing is left to do.
    const isLate = result.result === 'refused' && result.reason === 'query_too_old';
    return isLate ? { result: 'accepted', id: '' } : result;
  }

  connect(sender: Sender, webhookUrl: string | undefined): Promise<{ readonly name: string }> {
    return connectBot(this.#api, sender, webhookUrl);
  }

  close(): Promise<void> {
    return this.#api.close();
  }
}
