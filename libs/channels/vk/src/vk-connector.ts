import {
  Connector,
  renderedOnce,
  shortened,
  UploadRefused,
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
import { NO_ACCOUNT } from './account.ts';
import { NO_PEER } from './calls/refusals.ts';
import { resultOf } from './calls/vk-answer.ts';
import { VkApi } from './calls/vk-api.ts';
import { connectBot } from './connecting.ts';
import { check } from './content/check.ts';
import { compile } from './content/compile.ts';
import { warnings } from './content/warnings.ts';
import {
  ASSUMED,
  capabilitiesOf,
  MOST_ANSWER_LENGTH,
  MOST_CALLS,
  MOST_PEERS,
  type Assumed,
} from './limits.ts';
import { Downloads } from './media/downloads.ts';
import { prepareMedia } from './media/prepare.ts';
import { Uploader } from './media/uploader.ts';
import { Confirmations } from './webhook/confirmations.ts';
import { SAID } from './webhook/said.ts';
import { readWebhook } from './webhook/read-webhook.ts';

/** How VK is spoken to. */
export interface VkOptions {
  /** The dispatcher's own version, for people. */
  readonly version: string;
  /** For bots that name none; without `/method`. @default 'https://api.vk.com' */
  readonly apiUrl?: string;
  /** At most so many to one address. @default 50 */
  readonly connections?: number;
  /** To connect, and for an answer: a program of many calls takes its time. @default 30_000 */
  readonly timeoutMs?: number;
  /** Where the team knows better than VK's documents. */
  readonly assumed?: Partial<Assumed>;
  /** Dates events that carry no time. */
  readonly now?: () => string;
}

const PEER = /^-?[1-9]\d{0,14}$/;
const systemNow = (): string => new Date().toISOString();

/**
 * VK's API for communities. A sender's credentials: `token` (the community's, with messages, photos and docs, and with
 * the right to manage it if its webhook is to be set), `groupId`, `secret` (which VK repeats in every event) and,
 * optionally, `confirmation` (the code that a webhook added by hand is asked for) and `uploadPeer` (somebody of the
 * team, to whose chat documents are uploaded). Token and secret never appear in results or errors.
 */
export class VkConnector extends Connector {
  readonly channel = 'vk';
  override readonly ownSecrets = ['secret'];
  override readonly batch = MOST_CALLS * MOST_PEERS;
  override readonly sharesRefs = true;
  readonly capabilities: Capabilities;
  readonly #api: VkApi;
  readonly #confirmations: Confirmations;
  readonly #downloads: Downloads;
  readonly #uploader: Uploader;
  readonly #now: () => string;

  constructor(options: VkOptions) {
    super();
    const timeoutMs = options.timeoutMs ?? 30_000;
    const assumed = { ...ASSUMED, ...options.assumed };
    const { apiUrl = 'https://api.vk.com', connections = 50 } = options;
    this.capabilities = capabilitiesOf(options.version, assumed);
    this.#api = new VkApi({ apiUrl, connections, timeoutMs }, assumed);
    this.#confirmations = new Confirmations(this.#api);
    this.#downloads = new Downloads(timeoutMs);
    this.#uploader = new Uploader(timeoutMs);
    this.#now = options.now ?? systemNow;
  }

  check(elements: readonly Element[]): readonly ContentProblem[] {
    return check(elements);
  }

  override warnings(elements: readonly Element[]): readonly ContentProblem[] {
    return warnings(elements);
  }

  async prepare(
    sender: Sender,
    elements: readonly Element[],
    media: MediaReader,
    known: Assets,
  ): Promise<Assets> {
    const line = this.#api.lineOf(sender);
    if (line === undefined)
      throw new UploadRefused('the token, or the address of the API, cannot be one', {
        bot: sender.id,
      });
    return prepareMedia(elements, known, {
      uploading: { sender, line },
      media,
      downloads: this.#downloads,
      uploader: this.#uploader,
    });
  }

  compile(elements: readonly Element[], assets: Assets): Compiled {
    return renderedOnce(compile(elements, assets));
  }

  send(sender: Sender, address: string, part: Part): Promise<SendResult> {
    if (!PEER.test(address)) return Promise.resolve(NO_PEER);
    const line = this.#api.lineOf(sender);
    return line?.outbox.send({ address, part }) ?? Promise.resolve(NO_ACCOUNT);
  }

  readWebhook(sender: Sender, request: WebhookRequest): WebhookReading | Promise<WebhookReading> {
    return readWebhook(sender, request, { confirmations: this.#confirmations, now: this.#now });
  }

  /** In a chat of several the person is not told: it takes a private one, whose number is the person's. */
  async answerPress(sender: Sender, { id, address }: Press, text?: string): Promise<SendResult> {
    const peer = Number(address);
    if (id === SAID || !(peer > 0)) return { result: 'accepted', id: '' };
    const line = this.#api.lineOf(sender);
    if (line === undefined) return NO_ACCOUNT;
    const shown = { type: 'show_snackbar', text: shortened(text ?? '', MOST_ANSWER_LENGTH) };
    const params = {
      event_id: id,
      user_id: peer,
      peer_id: peer,
      ...(text && { event_data: JSON.stringify(shown) }),
    };
    return resultOf(await line.call('messages.sendMessageEventAnswer', params));
  }

  connect(sender: Sender, webhookUrl: string | undefined): Promise<{ readonly name: string }> {
    const reached = { api: this.#api, confirmations: this.#confirmations };
    return connectBot(reached, sender, webhookUrl);
  }

  async close(): Promise<void> {
    await Promise.all([this.#api.close(), this.#downloads.close(), this.#uploader.close()]);
  }
}
