import type { Instant } from '@crier/kernel';

export const ROLES = ['operator', 'analyst', 'channel', 'admin'] as const;

/** `operator`: composes and sends. `analyst`: reads statistics. `channel`: bots and channels, and tells conversions. `admin`: everything, and tokens. */
export type Role = (typeof ROLES)[number];

export interface TokenRecord {
  readonly id: string;
  /** For people; the actor in histories. */
  readonly name: string;
  readonly role: Role;
  /** SHA-256 of the token, hexadecimal. The token itself is kept nowhere. */
  readonly hash: string;
  readonly createdAt: Instant;
  readonly lastUsedAt?: Instant;
  readonly revoked: boolean;
}

/** Who may use the API. Durable before it answers. All throw Unavailable. */
export abstract class TokenStore {
  /** Keeps a new token's record. */
  abstract add(record: TokenRecord): Promise<void>;
  /** Revoked ones are found too. */
  abstract findByHash(hash: string): Promise<TokenRecord | undefined>;
  /** The newest first; revoked ones too. */
  abstract list(): Promise<readonly TokenRecord[]>;
  /** False where there was none that could be revoked. */
  abstract revoke(id: string): Promise<boolean>;
  /** Notes that it was used; an older moment never wins. */
  abstract touch(id: string, at: Instant): Promise<void>;
}
