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
import { TRUSTED_HOSTS } from './addresses.ts';
import { ConnectorApi } from './calls/connector-api.ts';
import { connectBot } from './connecting.ts';
import { check } from './content/check.ts';
import { compile } from './content/compile.ts';
import { ASSUMED, capabilitiesOf, type Assumed } from './limits.ts';
import { AccessTokens } from './login/access-tokens.ts';
import { prepareMedia } from './media-preparation.ts';
import { Callers } from './webhook/callers.ts';
import { readCall } from './webhook/read-call.ts';
import { SigningKeys } from './webhook/signing-keys.ts';

/** How the Bot Framework is spoken to. */
export interface SkypeOptions {
  /** The dispatcher's own version, for people. */
  readonly version: string;
  /** Where tokens are asked for, without the tenant. @default 'https://login.microsoftonline.com' */
  readonly loginUrl?: string;
  /** Where the keys of calls are looked up. @default 'https://login.botframework.com/v1/.well-known/openidconfiguration' */
  readonly openIdUrl?: string;
  /** Hosts that may see a bot's token, with all under them; the host of the bot's own address may in any case. @default smba.trafficmanager.net */
  readonly trustedHosts?: readonly string[];
  /** At most so many to one host. @default 50 */
  readonly connections?: number;
  /** To connect, and for an answer. @default 10_000 */
  readonly timeoutMs?: number;
  /** Where the team knows better than Microsoft's documents. */
  readonly assumed?: Partial<Assumed>;
  /** Milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
}

const LOGIN = 'https://login.microsoftonline.com';
const OPEN_ID = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

/**
 * Skype by the Bot Framework Connector, version 3. A sender's credentials: `appId`, `appSecret` and, optionally,
 * `tenantId` (of a bot that belongs to one tenant) and `channelId` (`skype` where absent). An address is a conversation's
 * id, behind the address of its service and a space where that is another than the bot's. Secrets and tokens never appear
 * in results or errors.
 */
export class SkypeConnector extends Connector {
  readonly channel = 'skype';
  readonly capabilities: Capabilities;
  readonly #assumed: Assumed;
  readonly #clock: () => number;
  readonly #tokens: AccessTokens;
  readonly #api: ConnectorApi;
  readonly #keys: SigningKeys;
  readonly #callers: Callers;

  constructor(options: SkypeOptions) {
    super();
    const { timeoutMs = 10_000, clock = Date.now, connections = 50 } = options;
    const { loginUrl = LOGIN, openIdUrl = OPEN_ID, trustedHosts = TRUSTED_HOSTS } = options;
    this.#assumed = { ...ASSUMED, ...options.assumed };
    this.#clock = clock;
    this.capabilities = capabilitiesOf(options.version, this.#assumed);
    const common = { timeoutMs, clock };
    this.#tokens = new AccessTokens({ loginUrl, ...common });
    this.#keys = new SigningKeys({ openIdUrl, ...common });
    this.#callers = new Callers(this.#keys, clock);
    const { botIdPrefix } = this.#assumed;
    const tokens = this.#tokens;
    this.#api = new ConnectorApi({ tokens, trustedHosts, botIdPrefix, connections, ...common });
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
    return prepareMedia(elements, { media, known, mostBytes: this.#assumed.mediaBytes });
  }

  compile(elements: readonly Element[], assets: Assets): Compiled {
    return compile(elements, { assets, assumed: this.#assumed });
  }

  send(sender: Sender, address: string, part: Part): Promise<SendResult> {
    return this.#api.post(sender, address, part.body);
  }

  readWebhook(sender: Sender, request: WebhookRequest): Promise<WebhookReading> {
    return readCall(sender, request, { callers: this.#callers, clock: this.#clock });
  }

  /** Nobody waits for an answer to a press: there is nothing to do. */
  answerPress(): Promise<SendResult> {
    return Promise.resolve({ result: 'accepted', id: '' });
  }

  connect(sender: Sender, _webhookUrl: string | undefined): Promise<{ readonly name: string }> {
    return connectBot(this.#tokens, sender);
  }

  async close(): Promise<void> {
    await Promise.all([this.#api.close(), this.#tokens.close(), this.#keys.close()]);
  }
}
