import { Pool, type Dispatcher, type FormData } from 'undici';
import { exchange, type Exchanged } from './exchange.ts';

/** How the Bot API is reached. */
export interface BotApiOptions {
  readonly apiUrl: string;
  /** Per address of the API. */
  readonly connections: number;
  /** To connect, for the head of an answer, and between two parts of its body. */
  readonly timeoutMs: number;
}

/** A bot at one address of the Bot API. */
export interface Account {
  readonly token: string;
  readonly apiUrl: string | undefined;
}

interface Server {
  readonly pool: Pool;
  /** Path of the address itself, without a slash at its end. */
  readonly prefix: string;
  /** By token, then by method: built once, since a broadcast asks for the same one all the time. */
  readonly paths: Map<string, Map<string, string>>;
}

const HEADERS = { 'content-type': 'application/json' };
const TOKEN = /^[\w:.-]{1,256}$/;
const MOST_ANSWER_BYTES = 1024 * 1024;
const UPLOAD_TIMEOUT_MS = 120_000;

/** The HTTP side of the Bot API: keep-alive connections, one pool for each address. */
export class BotApi {
  readonly #options: BotApiOptions;
  readonly #servers = new Map<string, Server>();

  constructor(options: BotApiOptions) {
    this.#options = options;
  }

  /** Calls a method with a JSON body. `undefined`: the token or the address cannot be one. Never rejects. */
  call(account: Account, method: string, body: string): Promise<Exchanged> | undefined {
    const server = this.#server(account.apiUrl);
    const path = server && this.#path(server, account.token, method);
    if (server === undefined || path === undefined) return undefined;
    return exchange(server.pool, { path, method: 'POST', headers: HEADERS, body });
  }

  /** Calls a method with a form, files in it; takes up to two minutes. Otherwise as {@link call}. */
  upload(account: Account, method: string, form: FormData): Promise<Exchanged> | undefined {
    const server = this.#server(account.apiUrl);
    const path = server && this.#path(server, account.token, method);
    if (server === undefined || path === undefined) return undefined;
    const options: Dispatcher.DispatchOptions = {
      path,
      method: 'POST',
      body: form,
      headersTimeout: UPLOAD_TIMEOUT_MS,
    };
    return exchange(server.pool, options);
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
    const server = { pool, prefix: url.pathname.replace(/\/+$/, ''), paths: new Map() };
    this.#servers.set(apiUrl, server);
    return server;
  }

  #path(server: Server, token: string, method: string): string | undefined {
    let methods = server.paths.get(token);
    if (methods === undefined) {
      if (!TOKEN.test(token)) return undefined;
      methods = new Map();
      server.paths.set(token, methods);
    }
    let path = methods.get(method);
    if (path === undefined) {
      path = `${server.prefix}/bot${token}/${method}`;
      methods.set(method, path);
    }
    return path;
  }
}
