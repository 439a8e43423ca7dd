import type { DatabaseSync } from 'node:sqlite';
import { openGateway } from './gateway-schema.ts';
import { translated } from './translated.ts';

/** A token as it is kept: its hash, never itself. */
export interface KeptToken<Role extends string = string> {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly hash: string;
  readonly createdAt: string;
  readonly lastUsedAt?: string;
  readonly revoked: boolean;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly hash: string;
  readonly created_at: string;
  readonly last_used_at: string | null;
  readonly revoked: number;
}

const tokenOf = <Role extends string>(row: Row): KeptToken<Role> => ({
  id: row.id,
  name: row.name,
  role: row.role as Role,
  hash: row.hash,
  createdAt: row.created_at,
  ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at }),
  revoked: row.revoked === 1,
});

/** The gateway's TokenStore in SQLite; `Role` is the gateway's. */
export class SqliteTokenStore<Role extends string = string> {
  readonly #db: DatabaseSync;
  readonly #add;
  readonly #byHash;
  readonly #all;
  readonly #revoke;
  readonly #touch;

  /** `path`: a file, which the command log may share, or `:memory:`. */
  constructor({ path }: { readonly path: string }) {
    this.#db = openGateway(path);
    this.#add = this.#db.prepare(
      'INSERT INTO token (id, name, role, hash, created_at, last_used_at, revoked) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#byHash = this.#db.prepare('SELECT * FROM token WHERE hash = ?');
    this.#all = this.#db.prepare('SELECT * FROM token ORDER BY created_at DESC, id DESC');
    this.#revoke = this.#db.prepare('UPDATE token SET revoked = 1 WHERE id = ? AND revoked = 0');
    this.#touch = this.#db.prepare(
      "UPDATE token SET last_used_at = ?2 WHERE id = ?1 AND coalesce(last_used_at, '') < ?2",
    );
  }

  /** Keeps a new token's record. @throws Unavailable */
  async add(token: KeptToken<Role>): Promise<void> {
    const { id, name, role, hash, createdAt, lastUsedAt = null, revoked } = token;
    await translated(() =>
      this.#add.run(id, name, role, hash, createdAt, lastUsedAt, revoked ? 1 : 0),
    );
  }

  /** Revoked ones are found too. @throws Unavailable */
  async findByHash(hash: string): Promise<KeptToken<Role> | undefined> {
    const row = await translated(() => this.#byHash.get(hash));
    return row && tokenOf<Role>(row as unknown as Row);
  }

  /** The newest first; revoked ones too. @throws Unavailable */
  async list(): Promise<readonly KeptToken<Role>[]> {
    const rows = await translated(() => this.#all.all());
    return (rows as unknown as readonly Row[]).map((row) => tokenOf<Role>(row));
  }

  /** False where there was none that could be revoked. @throws Unavailable */
  async revoke(id: string): Promise<boolean> {
    return (await translated(() => this.#revoke.run(id))).changes > 0;
  }

  /** Notes that it was used; an older moment never wins. @throws Unavailable */
  async touch(id: string, at: string): Promise<void> {
    await translated(() => this.#touch.run(id, at));
  }

  close(): Promise<void> {
    if (this.#db.isOpen) this.#db.close();
    return Promise.resolve();
  }
}
