import {
  ApiServers,
  exchange,
  type ApiServer,
  type ApiServersOptions,
  type Exchanged,
  type Sender,
} from '@crier/connector';
import { API_VERSION } from '../limits.ts';
import { Outbox } from './outbox.ts';
import { Pacer } from './pacer.ts';

/** The fields of a call. */
export type Params = Readonly<Record<string, string | number>>;

const TOKEN = /^[!-~]{1,512}$/;

/** One community's token at one address of the API, with its own pace. */
export class TokenLine {
  readonly outbox: Outbox;
  readonly #server: ApiServer;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #pacer: Pacer;

  constructor(server: ApiServer, token: string, pace: VkPace) {
    this.#server = server;
    // VK takes forms only, no JSON.
    this.#headers = {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Bearer ${token}`,
    };
    this.#pacer = new Pacer(pace.requestsPerSecond);
    this.outbox = new Outbox({
      pacer: this.#pacer,
      exchange: ({ method, params }) => this.#exchange(method, params),
      codeLength: pace.codeLength,
      underWay: pace.connections,
    });
  }

  /** Calls a method when it is its turn. Never rejects. */
  async call(method: string, params: Params): Promise<Exchanged> {
    await this.#pacer.turn();
    return this.#exchange(method, params);
  }

  #exchange(method: string, params: Params): Promise<Exchanged> {
    const form = new URLSearchParams({ v: API_VERSION });
    for (const [name, value] of Object.entries(params)) form.set(name, String(value));
    return exchange(this.#server.pool, {
      path: `${this.#server.prefix}/method/${method}`,
      method: 'POST',
      headers: this.#headers,
      body: form.toString(),
    });
  }
}

/** How fast one token may be. */
export interface VkPace {
  readonly requestsPerSecond: number;
  /** Characters of one program. */
  readonly codeLength: number;
  /** Of messages, at once. */
  readonly connections: number;
}

/** The HTTP side of VK's API. */
export class VkApi {
  readonly #servers: ApiServers;
  readonly #pace: VkPace;
  readonly #lines = new Map<ApiServer, Map<string, TokenLine>>();
  /** The bot asked about last: thousands of messages of one bot come one after the other. */
  #last: { readonly sender: Sender; readonly line: TokenLine | undefined } | undefined;

  /** `apiUrl`: without `/method`. */
  constructor(options: ApiServersOptions, pace: Omit<VkPace, 'connections'>) {
    this.#servers = new ApiServers(options);
    this.#pace = { ...pace, connections: options.connections };
  }

  /** The line of a bot, the same for all that use its token; `undefined`: the token or the address cannot be one. */
  lineOf(sender: Sender): TokenLine | undefined {
    if (this.#last?.sender !== sender) this.#last = { sender, line: this.#find(sender) };
    return this.#last.line;
  }

  /** Waits for what is under way and lets the connections go. */
  close(): Promise<void> {
    return this.#servers.close();
  }

  #find({ credentials, apiUrl }: Sender): TokenLine | undefined {
    const { token = '' } = credentials;
    const server = this.#servers.at(apiUrl);
    if (server === undefined || !TOKEN.test(token)) return undefined;
    const lines = this.#lines.get(server) ?? new Map<string, TokenLine>();
    this.#lines.set(server, lines);
    const line = lines.get(token) ?? new TokenLine(server, token, this.#pace);
    lines.set(token, line);
    return line;
  }
}
