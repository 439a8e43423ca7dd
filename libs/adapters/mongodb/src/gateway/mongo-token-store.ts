import { Unavailable } from '@crier/kernel';
import type { Collection, Db } from 'mongodb';
import { reachably, TRUTH } from '../connection.ts';
import { insertedFirst } from '../inserted-first.ts';

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

interface StoredToken extends Omit<KeptToken, 'id'> {
  readonly _id: string;
}

/** The gateway's TokenStore in MongoDB; `Role` is the gateway's. */
export class MongoTokenStore<Role extends string = string> {
  readonly #tokens: Collection<StoredToken>;

  private constructor(db: Db) {
    this.#tokens = db.collection<StoredToken>('tokens', {
      writeConcern: TRUTH,
      readPreference: 'primary',
    });
  }

  /** @throws Unavailable */
  static open<Role extends string = string>(db: Db): Promise<MongoTokenStore<Role>> {
    const store = new MongoTokenStore<Role>(db);
    return reachably(async () => {
      // Who is it that asks.
      await store.#tokens.createIndexes([{ key: { hash: 1 }, unique: true }]);
      return store;
    });
  }

  /** Keeps a new token's record. @throws Unavailable */
  add({ id, ...token }: KeptToken<Role>): Promise<void> {
    return reachably(async () => {
      if (!(await insertedFirst(() => this.#tokens.insertOne({ _id: id, ...token }))))
        throw new Unavailable('a token with this id or hash is kept already', { id });
    });
  }

  /** Revoked ones are found too. @throws Unavailable */
  findByHash(hash: string): Promise<KeptToken<Role> | undefined> {
    return reachably(async () => {
      const found = await this.#tokens.findOne({ hash });
      return found ? tokenOf<Role>(found) : undefined;
    });
  }

  /** The newest first; revoked ones too. @throws Unavailable */
  list(): Promise<readonly KeptToken<Role>[]> {
    return reachably(async () => {
      const found = await this.#tokens.find().sort({ createdAt: -1, _id: -1 }).toArray();
      return found.map((token) => tokenOf<Role>(token));
    });
  }

  /** False where there was none that could be revoked. @throws Unavailable */
  revoke(id: string): Promise<boolean> {
    return reachably(async () => {
      const { matchedCount } = await this.#tokens.updateOne(
        { _id: id, revoked: false },
        { $set: { revoked: true } },
      );
      return matchedCount === 1;
    });
  }

  /** Notes that it was used; an older moment never wins. @throws Unavailable */
  touch(id: string, at: string): Promise<void> {
    return reachably(async () => {
      await this.#tokens.updateOne(
        { _id: id, $or: [{ lastUsedAt: { $exists: false } }, { lastUsedAt: { $lt: at } }] },
        { $set: { lastUsedAt: at } },
      );
    });
  }
}

/** The caller knows what roles it keeps. */
const tokenOf = <Role extends string>({ _id, role, ...token }: StoredToken): KeptToken<Role> => ({
  id: _id,
  role: role as Role,
  ...token,
});
