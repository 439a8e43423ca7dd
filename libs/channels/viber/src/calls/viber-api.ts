import {
  ApiServers,
  exchange,
  type ApiServersOptions,
  type Exchanged,
  type Sender,
} from '@crier/connector';

const TOKEN = /^[!-~]{1,256}$/;

/** The HTTP side of Viber's REST API. */
export class ViberApi {
  readonly #servers: ApiServers;

  /** `apiUrl`: without `/pa`. */
  constructor(options: ApiServersOptions) {
    this.#servers = new ApiServers(options);
  }

  /** Calls a method with a JSON body. `undefined`: the token or the address cannot be one. Never rejects. */
  call(
    { credentials, apiUrl }: Sender,
    method: string,
    body: string,
  ): Promise<Exchanged> | undefined {
    const token = credentials['token'] ?? '';
    const server = this.#servers.at(apiUrl);
    if (server === undefined || !TOKEN.test(token)) return undefined;
    return exchange(server.pool, {
      path: `${server.prefix}/pa/${method}`,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-viber-auth-token': token },
      body,
    });
  }

  /** Waits for what is under way and lets the connections go. */
  close(): Promise<void> {
    return this.#servers.close();
  }
}
