import { ApiServers, exchange, type SendResult } from '@crier/connector';
import type { Account } from '../account.ts';
import { UNREACHABLE } from '../calls/classify.ts';
import { readGrant, type Grant } from './grants.ts';

/** A token to send with, or the result of a message that would have needed one. */
export type Access = { readonly token: string } | { readonly failed: SendResult };

interface Held {
  token: string | undefined;
  /** In milliseconds since 1970: from then on a new one is asked for, and from then on this one is not used. */
  renewAt: number;
  endsAt: number;
  asking: Promise<Access> | undefined;
}

const SCOPE = 'https://api.botframework.com/.default';
const RENEW_BEFORE_MS = 300_000;
const LEAVE_BEFORE_MS = 30_000;
const RENEW_AGAIN_AFTER_MS = 15_000;

/** How the login is reached. */
export interface LoginOptions {
  readonly loginUrl: string;
  readonly timeoutMs: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/**
 * The tokens that bots send with. One is asked for whoever waits, and used by all until it nears its end; then the next
 * is asked for while this one still serves.
 */
export class AccessTokens {
  readonly #clock: () => number;
  readonly #servers: ApiServers;
  readonly #held = new Map<string, Held>();

  constructor({ loginUrl, timeoutMs, clock }: LoginOptions) {
    this.#clock = clock;
    this.#servers = new ApiServers({ apiUrl: loginUrl, connections: 4, timeoutMs });
  }

  /** Never rejects. */
  async of(account: Account): Promise<Access> {
    const held = this.#heldBy(account);
    const now = this.#clock();
    if (now >= held.endsAt) held.token = undefined;
    if (held.token === undefined) return this.#ask(account, held);
    if (now >= held.renewAt) void this.#ask(account, held);
    return { token: held.token };
  }

  /** Another token than this one, which was refused. Never rejects. */
  async insteadOf(account: Account, refused: string): Promise<Access> {
    const held = this.#heldBy(account);
    if (held.token !== undefined && held.token !== refused) return { token: held.token };
    held.token = undefined;
    return this.#ask(account, held);
  }

  /** Waits for what is under way and lets the connections go. */
  close(): Promise<void> {
    return this.#servers.close();
  }

  #heldBy({ appId, tenant, appSecret }: Account): Held {
    // With the secret, for a new one must not live on what an old one was given.
    const key = [appId, tenant, appSecret].join('\u0000');
    const known = this.#held.get(key);
    if (known !== undefined) return known;
    const held: Held = { token: undefined, renewAt: 0, endsAt: 0, asking: undefined };
    this.#held.set(key, held);
    return held;
  }

  #ask(account: Account, held: Held): Promise<Access> {
    held.asking ??= this.#request(account).then((grant) => {
      held.asking = undefined;
      return this.#keep(held, grant);
    });
    return held.asking;
  }

  #keep(held: Held, grant: Grant): Access {
    const now = this.#clock();
    if ('failed' in grant) {
      // The old token may serve on for a while.
      held.renewAt = now + RENEW_AGAIN_AFTER_MS;
      return grant;
    }
    held.token = grant.token;
    held.renewAt = now + grant.lifeMs - Math.min(RENEW_BEFORE_MS, grant.lifeMs / 2);
    held.endsAt = now + grant.lifeMs - Math.min(LEAVE_BEFORE_MS, grant.lifeMs / 10);
    return { token: grant.token };
  }

  async #request({ appId, appSecret, tenant }: Account): Promise<Grant> {
    const server = this.#servers.at();
    if (server === undefined) return { failed: UNREACHABLE };
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: appSecret,
      scope: SCOPE,
    });
    const exchanged = await exchange(server.pool, {
      path: `${server.prefix}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
    return readGrant(exchanged, this.#clock());
  }
}
