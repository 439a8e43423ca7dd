import {
  ApiServers,
  exchange,
  type ApiServersOptions,
  type Exchanged,
  type Sender,
} from '@crier/connector';
import type { Dispatcher, FormData } from 'undici';

const TOKEN = /^[!-~]{1,1024}$/;
const VERSION = /^v\d{1,3}\.\d{1,2}$/;
const JSON_HEADERS = { 'content-type': 'application/json' };
// Meta fetches a video by its address for up to 75 seconds before it answers.
const UPLOAD_TIMEOUT_MS = 120_000;

interface Place {
  readonly pool: Dispatcher;
  /** Path of the API's root, without a slash at its end. */
  readonly root: string;
  readonly version: string;
  readonly token: string;
}

const withToken = (token: string, body: string): string => {
  const rest = body.slice(1);
  return `{"access_token":${JSON.stringify(token)}${rest === '}' ? '' : ','}${rest}`;
};

/**
 * The HTTP side of the Graph API. Tokens travel in bodies and headers, never in addresses, which proxies write down.
 * Every call gives `undefined` where token, version or address cannot be one, and never rejects.
 */
export class GraphApi {
  readonly #servers: ApiServers;
  readonly #version: string;

  /** `version`: for bots that name none. */
  constructor(options: ApiServersOptions, version: string) {
    this.#servers = new ApiServers(options);
    this.#version = version;
  }

  /** The version that a bot's calls name. */
  versionOf({ credentials }: Sender): string {
    return credentials['graphVersion'] ?? this.#version;
  }

  get(sender: Sender, path: string): Promise<Exchanged> | undefined {
    const place = this.#placeOf(sender);
    return (
      place &&
      exchange(place.pool, {
        path: `${place.root}/${place.version}/${path}`,
        method: 'GET',
        headers: { authorization: `Bearer ${place.token}` },
      })
    );
  }

  /** Posts a JSON object. */
  post(sender: Sender, path: string, body: string): Promise<Exchanged> | undefined {
    const place = this.#placeOf(sender);
    return place && this.#post(place, `/${place.version}/${path}`, { body });
  }

  /** As {@link post}, with two minutes for Meta to fetch a file. */
  postSlowly(sender: Sender, path: string, body: string): Promise<Exchanged> | undefined {
    const place = this.#placeOf(sender);
    const headersTimeout = UPLOAD_TIMEOUT_MS;
    return place && this.#post(place, `/${place.version}/${path}`, { body, headersTimeout });
  }

  /** Posts a form with files in it; takes up to two minutes. */
  upload(sender: Sender, path: string, form: FormData): Promise<Exchanged> | undefined {
    const place = this.#placeOf(sender);
    if (place === undefined) return undefined;
    form.append('access_token', place.token);
    const options: Dispatcher.DispatchOptions = {
      path: `${place.root}/${place.version}/${path}`,
      method: 'POST',
      body: form,
      headersTimeout: UPLOAD_TIMEOUT_MS,
    };
    return exchange(place.pool, options);
  }

  /** Posts to the root, where batches are taken: their calls name the version each. */
  batch(sender: Sender, body: string): Promise<Exchanged> | undefined {
    const place = this.#placeOf(sender);
    return place && this.#post(place, '/', { body });
  }

  /** Waits for what is under way and lets the connections go. */
  close(): Promise<void> {
    return this.#servers.close();
  }

  #post(
    { pool, root, token }: Place,
    path: string,
    { body, ...more }: { readonly body: string; readonly headersTimeout?: number },
  ): Promise<Exchanged> {
    const options = { path: root + path, method: 'POST', headers: JSON_HEADERS } as const;
    return exchange(pool, { ...options, ...more, body: withToken(token, body) });
  }

  #placeOf(sender: Sender): Place | undefined {
    const token = sender.credentials['token'] ?? '';
    const version = this.versionOf(sender);
    const server = this.#servers.at(sender.apiUrl);
    if (server === undefined || !TOKEN.test(token) || !VERSION.test(version)) return undefined;
    return { pool: server.pool, root: server.prefix, version, token };
  }
}
