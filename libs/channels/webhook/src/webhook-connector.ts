import {
  Connector,
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
import { classify, NO_RECEIVER } from './calls/classify.ts';
import { addressed, nameOf } from './calls/naming.ts';
import { Receivers } from './calls/receiver.ts';
import { connectBot } from './connecting.ts';
import { check } from './content/check.ts';
import { compile } from './content/compile.ts';
import { prepareMedia } from './content/media.ts';
import { ContentUnfit } from './errors.ts';
import { readCall } from './hook/read-call.ts';
import { capabilitiesOf } from './limits.ts';
import { secretOf } from './signature.ts';

/** How receivers are spoken to. */
export interface WebhookOptions {
  /** The dispatcher's own version, for people. */
  readonly version: string;
  /** The receiver of bots that name none. @default none: such bots cannot send */
  readonly apiUrl?: string;
  /** At most so many to one address. @default 50 */
  readonly connections?: number;
  /** To connect, and for an answer. @default 10_000 */
  readonly timeoutMs?: number;
  /** Dates signatures, and events that carry no time. */
  readonly now?: () => string;
}

const systemNow = (): string => new Date().toISOString();

/**
 * A signed POST for each message, to the bot's own address (`apiUrl`). A sender's credentials: `secret`, which signs both
 * directions and never appears in results or errors. What receivers have to do: README.md.
 */
export class WebhookConnector extends Connector {
  readonly channel = 'webhook';
  override readonly ownSecrets = ['secret'];
  readonly capabilities: Capabilities;
  readonly #receivers: Receivers;
  readonly #now: () => string;

  constructor(options: WebhookOptions) {
    super();
    const { version, apiUrl = '', connections = 50, timeoutMs = 10_000 } = options;
    this.capabilities = capabilitiesOf(version);
    this.#now = options.now ?? systemNow;
    this.#receivers = new Receivers({ apiUrl, connections, timeoutMs }, () => this.#nowMs());
  }

  check(elements: readonly Element[]): readonly ContentProblem[] {
    return check(elements);
  }

  /** The last look at the content before anybody gets it. @throws ContentUnfit, UploadRefused */
  async prepare(
    _sender: Sender,
    elements: readonly Element[],
    media: MediaReader,
    known: Assets,
  ): Promise<Assets> {
    const [first] = check(elements);
    if (first !== undefined)
      throw new ContentUnfit(`${first.path}: ${first.message}`, { problem: first.code });
    return prepareMedia(elements, media, known);
  }

  compile(elements: readonly Element[], assets: Assets): Compiled {
    return compile(elements, assets);
  }

  async send(sender: Sender, address: string, part: Part): Promise<SendResult> {
    const name = nameOf(sender, address, part);
    const body = addressed(name, address, part);
    const posted = this.#receivers.post(sender, { body, key: name });
    if (posted === undefined) return NO_RECEIVER;
    const exchanged = await posted;
    return classify(exchanged, { name, secret: secretOf(sender), now: this.#nowMs() });
  }

  readWebhook(sender: Sender, request: WebhookRequest): WebhookReading {
    return readCall(sender, request, this.#now());
  }

  /** Nobody waits for an answer to a press: there is nothing to do. */
  answerPress(): Promise<SendResult> {
    return Promise.resolve({ result: 'accepted', id: '' });
  }

  connect(sender: Sender, webhookUrl: string | undefined): Promise<{ readonly name: string }> {
    return connectBot(this.#receivers, sender, webhookUrl);
  }

  close(): Promise<void> {
    return this.#receivers.close();
  }

  #nowMs(): number {
    return Date.parse(this.#now());
  }
}
