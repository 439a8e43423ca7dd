import { Pool } from 'undici';
import type { Sender } from '@crier/connector';
import { exchange, type Exchanged } from './exchange.ts';

/** How Viber's REST API is reached. */
export interface ViberApiOptions {
  /** Without `/pa`. */
  readonly apiUrl: string;
  /** Per address of the API. */
  readonly connections: number;
  /** To connect, for the head of an answer, and between two parts of its body. */
  readonly timeoutMs: number;
}

interface Server {
  readonly pool: Pool;
  /** Path of the address itself, without a slash at its end. */
  readonly prefix: string;
}

const TOKEN = /^[!-~]{1,256}$/;
const MOST_ANSWER_BYTES = 1024 * 1024;

/** The HTTP side of Viber's REST API: keep-alive connections, one pool for each address. */
export class ViberApi {
  readonly #options: ViberApiOptions;
  readonly #servers = new Map<string, Server>();

  constructor(options: ViberApiOptions) {
    this.#options = options;
  }

  /** Calls a method with a JSON body. `undefined`: the token or the address cannot be one. Never rejects. */
  call(
    { credentials, apiUrl }: Sender,
    method: string,
    body: string,
  ): Promise<Exchanged> | undefined {
    const token = credentials['token'] ?? '';
    const server = this.#server(apiUrl);
    if (server === undefined || !TOKEN.test(token)) return undefined;
    return exchange(server.pool, {
      path: `${server.prefix}/pa/${method}`,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-viber-auth-token': token },
      body,
    });
  }

  /** Waits for what is under way and lets the connections go. */
  async close(): Promise<void> {
    await Promise.all([...this.#servers.values()].map(({ pool }) => pool.close()));
  }

  #server(apiUrl = this.#options.apiUrl): Server | undefined {
    return this.#servers.get(apiUrl) ?? this.#open(apiUrl);
  }

  #open(apiUrl: string): Server | undefined {
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
