import { LeaseStore, type Lease } from '@crier/kernel';
import type { Collection, Db } from 'mongodb';
import { reachably, TRUTH } from '../connection.ts';
import { insertedFirst } from '../inserted-first.ts';

interface StoredLease extends Lease {
  /** What it is for. */
  readonly _id: string;
}

/** Leases, one document each. A swap is on most members before it is answered, so that no failover gives one to two. */
export class MongoLeaseStore extends LeaseStore {
  readonly #leases: Collection<StoredLease>;

  constructor(db: Db) {
    super();
    this.#leases = db.collection<StoredLease>('leases', {
      writeConcern: TRUTH,
      readPreference: 'primary',
    });
  }

  read(name: string): Promise<Lease | undefined> {
    return reachably(async () => {
      const found = await this.#leases.findOne({ _id: name });
      return found ? leaseOf(found) : undefined;
    });
  }

  swap(name: string, expected: Lease | undefined, next: Lease): Promise<boolean> {
    return reachably(async () => {
      if (!expected)
        return insertedFirst(() => this.#leases.insertOne({ _id: name, ...leaseOf(next) }));
      const { matchedCount } = await this.#leases.updateOne(
        { _id: name, ...leaseOf(expected) },
        { $set: leaseOf(next) },
      );
      return matchedCount === 1;
    });
  }
}

const leaseOf = ({ holder, token, beat }: Lease): Lease => ({ holder, token, beat });
