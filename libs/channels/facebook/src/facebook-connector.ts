import {
  Connector,
  Together,
  type Assets,
  type Compiled,
  type ContentProblem,
  type MediaReader,
  type Part,
  type SendResult,
  type Sender,
  type WebhookReading,
  type WebhookRequest,
} from '@crier/connector';
import type { Capabilities, Element } from '@crier/contracts';
import { Classifier } from './calls/classify.ts';
import { GraphApi } from './calls/graph-api.ts';
import { refusalsFor } from './calls/refusals.ts';
import { Sending } from './calls/sending.ts';
import { connectBot } from './connecting.ts';
import { check } from './content/check.ts';
import { compile } from './content/compile.ts';
import { ASSUMED, MOST_IN_BATCH, capabilitiesOf, type Assumed } from './limits.ts';
import { Uploads } from './uploads.ts';
import { readCall } from './webhook.ts';

/** How Messenger is spoken to. */
export interface FacebookOptions {
  /** The dispatcher's own version, for people. */
  readonly version: string;
  /** For bots that name none; without a version. @default 'https://graph.facebook.com' */
  readonly apiUrl?: string;
  /** Of the Graph API, for bots that name none. @default 'v25.0' */
  readonly graphVersion?: string;
  /** At most so many to one address. @default 50 */
  readonly connections?: number;
  /** To connect, and for an answer. @default 20_000 */
  readonly timeoutMs?: number;
  /** Where the team knows better than Meta's documents. */
  readonly assumed?: Partial<Assumed>;
  /** Dates events that carry no time. */
  readonly now?: () => string;
}

const DEFAULTS = {
  apiUrl: 'https://graph.facebook.com',
  graphVersion: 'v25.0',
  connections: 50,
  // A batch of fifty takes its time.
  timeoutMs: 20_000,
  now: (): string => new Date().toISOString(),
};

/**
 * Messenger through the Graph API. A sender's credentials: `token` (of the Page), `pageId`, `appSecret` (signs what the
 * webhook is told), `verifyToken` (Meta names it when it first calls the webhook), and optionally `graphVersion` and
 * `appId`, with which connecting sets the app's webhook. None of them appears in results or errors.
 */
export class FacebookConnector extends Connector {
  readonly channel = 'facebook';
  readonly capabilities: Capabilities;
  override readonly batch = MOST_IN_BATCH;
  readonly #api: GraphApi;
  readonly #classifier: Classifier;
  readonly #together: Together;
  readonly #uploads: Uploads;
  readonly #now: () => string;

  constructor(options: FacebookOptions) {
    super();
    const { graphVersion, now, ...servers } = { ...DEFAULTS, ...options };
    const assumed = { ...ASSUMED, ...options.assumed };
    this.capabilities = capabilitiesOf(options.version, assumed);
    this.#api = new GraphApi(servers, graphVersion);
    this.#classifier = new Classifier(refusalsFor(assumed.restrictedPauseMs));
    const sending = new Sending(this.#api, this.#classifier);
    this.#together = new Together((sender, letters) => sending.deliver(sender, letters));
    this.#uploads = new Uploads(this.#api, this.#classifier);
    this.#now = now;
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

  send(sender: Sender, address: string, part: Part): Promise<SendResult> {
    return this.#together.send(sender, { address, part });
  }

  readWebhook(sender: Sender, request: WebhookRequest): WebhookReading {
    return readCall(sender, request, this.#now);
  }

  /** Nobody waits for an answer to a press on Messenger: there is nothing to do. */
  answerPress(): Promise<SendResult> {
    return Promise.resolve({ result: 'accepted', id: '' });
  }

  connect(sender: Sender, webhookUrl: string | undefined): Promise<{ readonly name: string }> {
    return connectBot(this.#api, { sender, classifier: this.#classifier }, webhookUrl);
  }

  async close(): Promise<void> {
    await this.#api.close();
  }
}
