import { errors, jwtVerify, type JWTPayload } from 'jose';
import { Unavailable } from '@crier/kernel';
import { textIn } from '../json.ts';
import type { SigningKey, SigningKeys } from './signing-keys.ts';

/** Who calls, as its token says. */
export interface Caller {
  readonly serviceUrl: string;
  /** Whether calls of this channel may be signed with its key. */
  mayCallFor(channelId: string): boolean;
}

const ISSUER = 'https://api.botframework.com';
const SKEW_S = 300;
const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** The SDKs write the claim in small letters, the documentation does not. */
const serviceUrlIn = ({ serviceurl, serviceUrl }: JWTPayload): string =>
  textIn(serviceurl) || textIn(serviceUrl);

/** Checks the tokens that calls of the Connector carry. */
export class Callers {
  readonly #keys: SigningKeys;
  readonly #clock: () => number;

  /** `clock`: milliseconds since 1970. */
  constructor(keys: SigningKeys, clock: () => number) {
    this.#keys = keys;
    this.#clock = clock;
  }

  /** The caller of the bot with this app id; `undefined`: nobody that is to be believed. @throws Unavailable */
  async identify(authorization: string | undefined, appId: string): Promise<Caller | undefined> {
    const token = BEARER.exec(authorization ?? '')?.[1];
    if (token === undefined) return undefined;
    // Whatever is wrong with a token, or with the key that it names: nobody is believed for it.
    return this.#verified(token, appId).catch((error: unknown) => {
      if (error instanceof Unavailable) throw error;
      return undefined;
    });
  }

  async #verified(token: string, appId: string): Promise<Caller> {
    let signedWith: SigningKey | undefined;
    const { payload } = await jwtVerify(
      token,
      async ({ kid = '' }) => {
        signedWith = await this.#keys.find(kid);
        if (signedWith === undefined) throw new errors.JWKSNoMatchingKey();
        return signedWith.key;
      },
      {
        issuer: ISSUER,
        audience: appId,
        algorithms: ['RS256'],
        clockTolerance: SKEW_S,
        requiredClaims: ['exp'],
        currentDate: new Date(this.#clock()),
      },
    );
    const endorsements = signedWith?.endorsements;
    return {
      serviceUrl: serviceUrlIn(payload),
      mayCallFor: (channelId) => endorsements?.includes(channelId) ?? true,
    };
  }
}
