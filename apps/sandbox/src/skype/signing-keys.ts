import { generateKeyPairSync, sign, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { Bot } from '../bots.ts';

interface Key {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly jwk: JsonWebKey;
}

const ISSUER = 'https://api.botframework.com';
const LIFE_S = 3600;
const SKEW_S = 300;
const MODULUS_BITS = 2048;
const ENDORSEMENTS = ['skype', 'msteams', 'webchat'];

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const serviceUrlIn = (body: string): unknown =>
  (JSON.parse(body) as { readonly serviceUrl?: unknown }).serviceUrl;

/** The keys that webhook calls are signed with; the newest signs. Made when first needed, since that takes a while. */
export class SigningKeys {
  readonly #keys: Key[] = [];

  /** The token of a call: who it is for, and which service it comes from. */
  tokenFor(bot: Bot, body: string): string {
    const { kid, privateKey } = this.#newest();
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: ISSUER,
      aud: bot.token,
      nbf: now - SKEW_S,
      exp: now + LIFE_S,
      serviceurl: serviceUrlIn(body),
    };
    const signed = `${encoded({ typ: 'JWT', alg: 'RS256', kid })}.${encoded(claims)}`;
    return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
  }

  /** The public keys, as they are published. */
  published(): readonly object[] {
    this.#newest();
    return this.#keys.map(({ kid, jwk }) => ({
      ...jwk,
      use: 'sig',
      kid,
      endorsements: ENDORSEMENTS,
    }));
  }

  /** Signs with a new key from now on; the old ones stay published. */
  rotate(): string {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: MODULUS_BITS });
    const kid = `sandbox-${this.#keys.length + 1}`;
    this.#keys.push({ kid, privateKey, jwk: publicKey.export({ format: 'jwk' }) });
    return kid;
  }

  #newest(): Key {
    if (this.#keys.length === 0) this.rotate();
    return this.#keys.at(-1) as Key;
  }
}
