import {
  ApiServers,
  exchange,
  type ApiServer,
  type ApiServersOptions,
  type Exchanged,
} from '@crier/connector';
import type { Dispatcher, FormData } from 'undici';

/** A bot at one address of the Bot API. */
export interface Account {
  readonly token: string;
  readonly apiUrl: string | undefined;
}

const HEADERS = { 'content-type': 'application/json' };
const TOKEN = /^[\w:.-]{1,256}$/;
const UPLOAD_TIMEOUT_MS = 120_000;

/** The HTTP side of the Bot API: keep-alive connections, one pool for each address. */
export class BotApi {
  readonly #servers: ApiServers;
  /** By server, token and method: built once, since a broadcast asks for the same one all the time. */
  readonly #paths = new Map<ApiServer, Map<string, Map<string, string>>>();

  constructor(options: ApiServersOptions) {
    this.#servers = new ApiServers(options);
  }

  /** Calls a method with a JSON body. `undefined`: the token or the address cannot be one. Never rejects. */
  call(account: Account, method: string, body: string): Promise<Exchanged> | undefined {
    const server = this.#servers.at(account.apiUrl);
    const path = server && this.#path(server, account.token, method);
    if (server === undefined || path === undefined) return undefined;
    return exchange(server.pool, { path, method: 'POST', headers: HEADERS, body });
  }

  /** Calls a method with a form, files in it; takes up to two minutes. Otherwise as {@link call}. */
  upload(account: Account, method: string, form: FormData): Promise<Exchanged> | undefined {
    const server = this.#servers.at(account.apiUrl);
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
  close(): Promise<void> {
    return this.#servers.close();
  }

  #path(server: ApiServer, token: string, method: string): string | undefined {
    const methods = this.#methods(server, token);
    if (methods === undefined) return undefined;
    let path = methods.get(method);
    if (path === undefined) {
      path = `${server.prefix}/bot${token}/${method}`;
      methods.set(method, path);
    }
    return path;
  }

  #methods(server: ApiServer, token: string): Map<string, string> | undefined {
    let tokens = this.#paths.get(server);
    if (tokens === undefined)
      this.#paths.set(server, (tokens = new Map<string, Map<string, string>>()));
    let methods = tokens.get(token);
    if (methods !== undefined) return methods;
    if (!TOKEN.test(token)) return undefined;
    tokens.set(token, (methods = new Map<string, string>()));
    return methods;
  }
}
