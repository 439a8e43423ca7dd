import {
  ApiServers,
  exchange,
  type ApiServersOptions,
  type Exchanged,
  type Sender,
} from '@crier/connector';
import { secretOf, signedHeaders } from '../signature.ts';

/** What is posted to a receiver. */
export interface Posted {
  readonly body: string;
  /** Of a message. */
  readonly key?: string;
}

/** The HTTP side of receivers: a bot's own address is where its messages go. */
export class Receivers {
  readonly #apiUrl: string;
  readonly #servers: ApiServers;
  readonly #now: () => number;

  /** `now`: milliseconds since 1970, for signatures. */
  constructor(options: ApiServersOptions, now: () => number) {
    this.#apiUrl = options.apiUrl;
    this.#servers = new ApiServers(options);
    this.#now = now;
  }

  /** Posts a signed body. `undefined`: the bot has no secret, or no address that can be one. Never rejects. */
  post(sender: Sender, { body, key }: Posted): Promise<Exchanged> | undefined {
    const secret = secretOf(sender);
    const address = sender.apiUrl ?? this.#apiUrl;
    const url = URL.parse(address);
    const server = this.#servers.at(address);
    if (url === null || server === undefined || secret === '') return undefined;
    return exchange(server.pool, {
      // To the letter: slashes at its end and what stands behind "?" are the receiver's.
      path: url.pathname + url.search,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key === undefined ? {} : { 'x-crier-key': key }),
        ...signedHeaders(secret, body, this.#now()),
      },
      body,
    });
  }

  /** Waits for what is under way and lets the connections go. */
  close(): Promise<void> {
    return this.#servers.close();
  }
}
