import {
  ApiServers,
  exchange,
  type Exchanged,
  type SendResult,
  type Sender,
} from '@crier/connector';
import { NO_ACCOUNT, accountOf, type Account } from '../account.ts';
import { isTrusted, placeOf, type Place } from '../addresses.ts';
import type { AccessTokens } from '../login/access-tokens.ts';
import { HTTP_UNAUTHORIZED, classify } from './classify.ts';

/** How the Connector is spoken to. */
export interface ConnectorApiOptions {
  readonly tokens: AccessTokens;
  readonly trustedHosts: readonly string[];
  readonly botIdPrefix: string;
  /** Per host. */
  readonly connections: number;
  readonly timeoutMs: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

const NO_ADDRESS: SendResult = { result: 'refused', reason: 'address_invalid' };
const NOT_TRUSTED: SendResult = { result: 'refused', reason: 'host_not_trusted' };
/** The channel where a person's conversation with a bot has the person's own id. */
const NAMED_BY_PERSON = 'skype';

/** The HTTP side of the Bot Framework Connector, version 3. */
export class ConnectorApi {
  readonly #options: ConnectorApiOptions;
  readonly #servers: ApiServers;

  constructor(options: ConnectorApiOptions) {
    this.#options = options;
    const { connections, timeoutMs } = options;
    this.#servers = new ApiServers({ apiUrl: '', connections, timeoutMs });
  }

  /** Posts an activity, given but for its sender and receiver, to a conversation. Never rejects. */
  async post(sender: Sender, address: string, activity: string): Promise<SendResult> {
    const account = accountOf(sender);
    if (account === undefined) return NO_ACCOUNT;
    const place = placeOf(sender, address);
    const service = URL.parse(place?.serviceUrl ?? '');
    if (place === undefined || service === null) return NO_ADDRESS;
    if (!isTrusted(service, sender, this.#options.trustedHosts)) return NOT_TRUSTED;
    const call = (token: string) => this.#call(service, place.conversation, { token, body });
    const body = `{${this.#envelope(account, place)},${activity.slice(1)}`;
    return this.#callAs(account, call);
  }

  /** Waits for what is under way and lets the connections go. */
  close(): Promise<void> {
    return this.#servers.close();
  }

  /** With a token, and once more with another where the first is refused. */
  async #callAs(
    account: Account,
    call: (token: string) => Promise<Exchanged>,
  ): Promise<SendResult> {
    const { tokens, clock } = this.#options;
    const access = await tokens.of(account);
    if ('failed' in access) return access.failed;
    const first = await call(access.token);
    if (first.kind !== 'answered' || first.status !== HTTP_UNAUTHORIZED)
      return classify(first, clock());
    const renewed = await tokens.insteadOf(account, access.token);
    return 'failed' in renewed ? renewed.failed : classify(await call(renewed.token), clock());
  }

  #envelope({ appId, channelId }: Account, { conversation }: Place): string {
    const id = conversation;
    const fields = {
      from: { id: this.#options.botIdPrefix + appId },
      ...(channelId === NAMED_BY_PERSON ? { recipient: { id } } : {}),
      conversation: { id },
    };
    return JSON.stringify(fields).slice(1, -1);
  }

  async #call(
    service: URL,
    conversation: string,
    { token, body }: { readonly token: string; readonly body: string },
  ): Promise<Exchanged> {
    // By its host alone, since every tenant has a path of its own there.
    const server = this.#servers.at(service.origin);
    if (server === undefined) return { kind: 'not_sent' };
    const prefix = service.pathname.replace(/\/+$/, '');
    return exchange(server.pool, {
      path: `${prefix}/v3/conversations/${encodeURIComponent(conversation)}/activities`,
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
    });
  }
}
