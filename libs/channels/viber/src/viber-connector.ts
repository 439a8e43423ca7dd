import {
  Connector,
  renderedOnce,
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
import { Broadcasting } from './calls/broadcasting.ts';
import { FileSizes } from './calls/file-sizes.ts';
import { ViberApi } from './calls/viber-api.ts';
import { connectBot } from './connecting.ts';
import { check } from './content/check.ts';
import { compile } from './content/compile.ts';
import { ASSUMED, capabilitiesOf, MOST_RECEIVERS, type Assumed } from './limits.ts';
import { prepareMedia } from './media-preparation.ts';
import { readCallback } from './webhook.ts';

/** How Viber is spoken to. */
export interface ViberOptions {
  /** The dispatcher's own version, for people. */
  readonly version: string;
  /** For bots that name none; without `/pa`. @default 'https://chatapi.viber.com' */
  readonly apiUrl?: string;
  /** At most so many to one address. @default 50 */
  readonly connections?: number;
  /** To connect, and for an answer. @default 10_000 */
  readonly timeoutMs?: number;
  /** Where the team knows better than Viber's documents. */
  readonly assumed?: Partial<Assumed>;
  /** Dates callbacks that carry no time. */
  readonly now?: () => string;
}

const systemNow = (): string => new Date().toISOString();

/**
 * Viber's REST bot API. A sender's credentials: `token`, `senderName` (what people see, at most 28 characters) and,
 * optionally, `senderAvatar`. Callbacks are signed with the token. It never appears in results or errors.
 */
export class ViberConnector extends Connector {
  readonly channel = 'viber';
  readonly capabilities: Capabilities;
  override readonly batch = MOST_RECEIVERS;
  override readonly sharesRefs = true;
  readonly #assumed: Assumed;
  readonly #api: ViberApi;
  readonly #together: Together;
  readonly #sizes: FileSizes;
  readonly #now: () => string;

  constructor(options: ViberOptions) {
    super();
    const timeoutMs = options.timeoutMs ?? 10_000;
    this.#assumed = { ...ASSUMED, ...options.assumed };
    this.capabilities = capabilitiesOf(options.version, this.#assumed);
    this.#api = new ViberApi({
      apiUrl: options.apiUrl ?? 'https://chatapi.viber.com',
      connections: options.connections ?? 50,
      timeoutMs,
    });
    this.#together = new Together(new Broadcasting(this.#api).deliver);
    this.#sizes = new FileSizes(timeoutMs);
    this.#now = options.now ?? systemNow;
  }

  check(elements: readonly Element[]): readonly ContentProblem[] {
    return check(elements, this.#assumed);
  }

  prepare(
    _sender: Sender,
    elements: readonly Element[],
    media: MediaReader,
    known: Assets,
  ): Promise<Assets> {
    return prepareMedia(elements, { media, known, sizes: this.#sizes });
  }

  compile(elements: readonly Element[], assets: Assets): Compiled {
    const { captionLength } = this.#assumed;
    return renderedOnce(compile(elements, { assets, captionLength }));
  }

  send(sender: Sender, address: string, part: Part): Promise<SendResult> {
    return this.#together.send(sender, { address, part });
  }

  readWebhook(sender: Sender, request: WebhookRequest): WebhookReading {
    return readCallback(sender, request, this.#now);
  }

  /** Nobody waits for an answer to a press on Viber: there is nothing to do. */
  answerPress(): Promise<SendResult> {
    return Promise.resolve({ result: 'accepted', id: '' });
  }

  connect(sender: Sender, webhookUrl: string | undefined): Promise<{ readonly name: string }> {
    return connectBot(this.#api, sender, webhookUrl);
  }

  async close(): Promise<void> {
    await Promise.all([this.#api.close(), this.#sizes.close()]);
  }
}
