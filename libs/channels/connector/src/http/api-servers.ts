import { Pool } from 'undici';

/** How messengers' APIs are reached. */
export interface ApiServersOptions {
  /** For bots that name no address of their own. */
  readonly apiUrl: string;
  /** Per address. */
  readonly connections: number;
  /** To connect, for the head of an answer, and between two parts of its body. */
  readonly timeoutMs: number;
}

/** One address of an API. */
export interface ApiServer {
  readonly pool: Pool;
  /** Path of the address itself, without a slash at its end. */
  readonly prefix: string;
}

const MOST_ANSWER_BYTES = 1024 * 1024;

/** Keep-alive connections, one pool for each address that bots name. */
export class ApiServers {
  readonly #options: ApiServersOptions;
  readonly #servers = new Map<string, ApiServer>();

  constructor(options: ApiServersOptions) {
    this.#options = options;
  }

  /** The server at an address; `undefined`: the address cannot be one. */
  at(apiUrl = this.#options.apiUrl): ApiServer | undefined {
    return this.#servers.get(apiUrl) ?? this.#open(apiUrl);
  }

  /** Waits for what is under way and lets the connections go. */
  async close(): Promise<void> {
    await Promise.all([...this.#servers.values()].map(({ pool }) => pool.close()));
  }

  #open(apiUrl: string): ApiServer | undefined {
    const url = URL.parse(apiUrl);
    if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
    const { connections, timeoutMs } = this.#options;
    const pool = new Pool(url.origin, {
      connections,
      pipelining: 1,
      allowH2: false,
      connect: { timeout: timeoutMs },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      maxResponseSize: MOST_ANSWER_BYTES,
    });
    const server = { pool, prefix: url.pathname.replace(/\/+$/, '') };
    this.#servers.set(apiUrl, server);
    return server;
  }
}
