import type { Clock } from '@crier/kernel';
import { Problem } from '../problems/problem.ts';
import type { Role, TokenStore } from '../ports/token-store.ts';
import { hashOf, sameHash } from './tokens.ts';

/** Who asks. */
export interface Caller {
  readonly tokenId: string;
  readonly name: string;
  readonly role: Role;
}

const BEARER = /^Bearer ([\w-]{1,200})$/i;
const TOUCH_EVERY_MS = 60_000;
const CONFIGURED: Caller = { tokenId: 'configured', name: 'admin', role: 'admin' };

const unauthenticated = (detail: string): Problem =>
  new Problem('UNAUTHENTICATED', detail, { headers: { 'www-authenticate': 'Bearer' } });

/** Knows callers by their bearer tokens. */
export class Authenticator {
  readonly #tokens: TokenStore;
  readonly #clock: Clock;
  readonly #configured: string | undefined;
  readonly #touched = new Map<string, number>();

  constructor(tokens: TokenStore, clock: Clock, adminToken: string | undefined) {
    this.#tokens = tokens;
    this.#clock = clock;
    this.#configured = adminToken === undefined ? undefined : hashOf(adminToken);
  }

  /** @throws Problem UNAUTHENTICATED; Unavailable */
  async caller(authorization: string | undefined): Promise<Caller> {
    const token = BEARER.exec(authorization ?? '')?.[1];
    if (token === undefined)
      throw unauthenticated('Send the header "Authorization: Bearer <token>".');
    const hash = hashOf(token);
    if (this.#configured !== undefined && sameHash(hash, this.#configured)) return CONFIGURED;
    const record = await this.#tokens.findByHash(hash);
    if (!record || record.revoked || !sameHash(record.hash, hash))
      throw unauthenticated('The token is not valid, or not any more.');
    await this.#touch(record.id);
    return { tokenId: record.id, name: record.name, role: record.role };
  }

  async #touch(id: string): Promise<void> {
    const now = this.#clock.monotonicMs();
    if (now - (this.#touched.get(id) ?? -Infinity) < TOUCH_EVERY_MS) return;
    this.#touched.set(id, now);
    await this.#tokens.touch(id, this.#clock.now());
  }
}

/** @throws Problem FORBIDDEN unless the caller has one of the roles; an admin has all of them */
export const mustHaveRole = ({ role }: Caller, roles: readonly Role[]): void => {
  if (role === 'admin' || roles.includes(role)) return;
  const wanted = [...new Set<Role>([...roles, 'admin'])].join(' or ');
  throw new Problem(
    'FORBIDDEN',
    `A token of the role ${role} may not do this; it takes ${wanted}.`,
  );
};
