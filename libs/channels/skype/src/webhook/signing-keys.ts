import { ApiServers, exchange } from '@crier/connector';
import { Unavailable } from '@crier/kernel';
import { importJWK, type CryptoKey } from 'jose';
import { fieldsIn, fieldsOf, textIn, type Fields } from '../json.ts';

/** A key that calls are signed with. */
export interface SigningKey {
  readonly key: CryptoKey;
  /** The channels whose calls it may sign; absent: any. */
  readonly endorsements: readonly string[] | undefined;
}

/** How the keys are found. */
export interface SigningKeysOptions {
  /** Of the OpenID configuration that names their address. */
  readonly openIdUrl: string;
  readonly timeoutMs: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

const FRESH_MS = 24 * 3_600_000;
/** So long keys serve on while newer ones cannot be had. */
const LAST_MS = 5 * FRESH_MS;
const COOL_DOWN_MS = 30_000;
const AGAIN_AFTER_MS = 5_000;
const MOST_KEYS = 100;

const endorsementsIn = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : undefined;

const readKey = async (jwk: Fields): Promise<readonly [string, SigningKey] | undefined> => {
  const { kid, kty, n, e } = jwk;
  if (textIn(kid) === '' || kty !== 'RSA') return undefined;
  try {
    const key = await importJWK({ kty, n: textIn(n), e: textIn(e) }, 'RS256');
    if (key instanceof Uint8Array) return undefined;
    return [textIn(kid), { key, endorsements: endorsementsIn(jwk['endorsements']) }];
  } catch {
    // A key of a form that is not known here; the others may be good.
    return undefined;
  }
};

/** The keys that Microsoft signs its calls with, read again when a day old, or when a call names one that is not here. */
export class SigningKeys {
  readonly #options: SigningKeysOptions;
  readonly #servers: ApiServers;
  #keys: ReadonlyMap<string, SigningKey> = new Map();
  #readAt = -Infinity;
  #notBefore = -Infinity;
  #reading: Promise<void> | undefined;

  constructor(options: SigningKeysOptions) {
    this.#options = options;
    const { openIdUrl, timeoutMs } = options;
    this.#servers = new ApiServers({ apiUrl: openIdUrl, connections: 4, timeoutMs });
  }

  /** `undefined`: there is no such key. @throws Unavailable where no keys can be had now */
  async find(kid: string): Promise<SigningKey | undefined> {
    const now = this.#options.clock();
    const isWanted = now - this.#readAt >= FRESH_MS || !this.#keys.has(kid);
    if (isWanted && now >= this.#notBefore)
      this.#reading ??= this.#read().finally(() => {
        this.#reading = undefined;
      });
    if (isWanted) await this.#reading;
    if (now - this.#readAt >= LAST_MS)
      throw new Unavailable('The keys of webhook calls cannot be read', {});
    return this.#keys.get(kid);
  }

  /** Waits for what is under way and lets the connections go. */
  close(): Promise<void> {
    return this.#servers.close();
  }

  async #read(): Promise<void> {
    const keys = await this.#keysNow();
    const now = this.#options.clock();
    this.#notBefore = now + (keys === undefined ? AGAIN_AFTER_MS : COOL_DOWN_MS);
    if (keys === undefined) return;
    this.#keys = keys;
    this.#readAt = now;
  }

  async #keysNow(): Promise<ReadonlyMap<string, SigningKey> | undefined> {
    const { openIdUrl } = this.#options;
    const jwksUrl = textIn((await this.#json(openIdUrl))?.['jwks_uri']);
    // Whoever is asked safely must not send us where anybody can answer.
    if (openIdUrl.startsWith('https:') && !jwksUrl.startsWith('https:')) return undefined;
    const list = (await this.#json(jwksUrl))?.['keys'];
    if (!Array.isArray(list)) return undefined;
    const read = await Promise.all(
      list.slice(0, MOST_KEYS).map((each: unknown) => readKey(fieldsOf(each))),
    );
    return new Map(read.filter((each) => each !== undefined));
  }

  async #json(address: string): Promise<Fields | undefined> {
    const url = URL.parse(address);
    const server = this.#servers.at(url?.origin ?? '');
    if (url === null || server === undefined) return undefined;
    const path = url.pathname + url.search;
    const exchanged = await exchange(server.pool, { path, method: 'GET' });
    const isGiven = exchanged.kind === 'answered' && exchanged.status === 200;
    return isGiven ? fieldsIn(exchanged.body) : undefined;
  }
}
