import { MongoNetworkError, type Collection, type Db } from 'mongodb';

/** Stands between a writer and the server: asked before and after every command that writes. */
export interface Gate {
  before(): Promise<void>;
  after(): Promise<void>;
}

const WRITES: ReadonlySet<string | symbol> = new Set([
  'insertOne',
  'updateOne',
  'bulkWrite',
  'deleteMany',
]);

type Call = (...given: readonly unknown[]) => Promise<unknown>;

const gatedCollection = (collection: Collection, gate: Gate): Collection =>
  new Proxy(collection, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const call = (value as Call).bind(target);
      if (!WRITES.has(name)) return call;
      return async (...given: readonly unknown[]) => {
        await gate.before();
        const answer = await call(...given);
        await gate.after();
        return answer;
      };
    },
  });

/** The same database through a gate. */
export const gated = (db: Db, gate: Gate): Db =>
  new Proxy(db, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const call = (value as (...given: readonly unknown[]) => unknown).bind(target);
      if (name !== 'collection') return call;
      return (...given: readonly unknown[]) => gatedCollection(call(...given) as Collection, gate);
    },
  });

/** A process that dies at its n-th write: before it leaves, or before the answer arrives. */
export class DyingGate implements Gate {
  readonly #last: number;
  readonly #where: 'before' | 'after';
  #writes = 0;

  constructor(last: number, where: 'before' | 'after') {
    this.#last = last;
    this.#where = where;
  }

  get died(): boolean {
    return this.#writes >= this.#last;
  }

  before(): Promise<void> {
    this.#writes += 1;
    return this.#pass(this.#writes > this.#last || (this.died && this.#where === 'before'));
  }

  after(): Promise<void> {
    return this.#pass(this.died);
  }

  #pass(refused: boolean): Promise<void> {
    return refused
      ? Promise.reject(new MongoNetworkError('the process is gone'))
      : Promise.resolve();
  }
}

/** A process that stands still before its n-th write, until it is thawed. */
export class FreezingGate implements Gate {
  readonly #at: number;
  readonly #thawed = Promise.withResolvers<undefined>();
  readonly #frozen = Promise.withResolvers<undefined>();
  #writes = 0;

  constructor(at: number) {
    this.#at = at;
  }

  /** Resolves when it stands still. */
  get frozen(): Promise<undefined> {
    return this.#frozen.promise;
  }

  thaw(): void {
    this.#thawed.resolve(undefined);
  }

  async before(): Promise<void> {
    this.#writes += 1;
    if (this.#writes < this.#at) return;
    this.#frozen.resolve(undefined);
    await this.#thawed.promise;
  }

  after(): Promise<void> {
    return Promise.resolve();
  }
}
