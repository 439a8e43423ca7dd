import { ImportStore, type ImportJob } from '@crier/audience';
import type { Instant } from '@crier/kernel';
import type { Collection } from 'mongodb';
import { reachably, TRUTH, type MongoConnection } from '../connection.ts';

type JobDocument = Omit<ImportJob, 'id'> & { readonly _id: string; readonly savedAt: number };

const MOST_LISTED = 100;

const jobOf = ({ _id: id, savedAt: _savedAt, ...job }: JobDocument): ImportJob => ({ id, ...job });

/** The state of imports in MongoDB, with the moment of each save, by which a process that lives is told from one that died. */
export class MongoImportStore extends ImportStore {
  readonly #jobs: Collection<JobDocument>;

  constructor({ mongo }: { readonly mongo: Pick<MongoConnection, 'db'> }) {
    super();
    this.#jobs = mongo.db().collection('imports', { writeConcern: TRUTH });
  }

  /** Makes the indexes that are missing: once at a start. @throws Unavailable */
  async ensureIndexes(): Promise<void> {
    // The list: the newest first.
    await reachably(() => this.#jobs.createIndex({ startedAt: -1, _id: 1 }));
  }

  save({ id, ...job }: ImportJob): Promise<void> {
    return reachably(async () => {
      await this.#jobs.replaceOne({ _id: id }, { ...job, savedAt: Date.now() }, { upsert: true });
    });
  }

  get(id: string): Promise<ImportJob | undefined> {
    return reachably(async () => {
      const document = await this.#jobs.findOne({ _id: id });
      return document === null ? undefined : jobOf(document);
    });
  }

  list(): Promise<readonly ImportJob[]> {
    return reachably(async () => {
      const newest = this.#jobs.find().sort({ startedAt: -1, _id: 1 }).limit(MOST_LISTED);
      return (await newest.toArray()).map(jobOf);
    });
  }

  interrupt(at: Instant, silentMs = 0): Promise<number> {
    return reachably(async () => {
      const { modifiedCount } = await this.#jobs.updateMany(
        { state: 'running', savedAt: { $lte: Date.now() - silentMs } },
        {
          $set: {
            state: 'failed',
            reason: 'INTERRUPTED',
            message:
              'The program ended before the import did. Import the file again: no one is added twice.',
            finishedAt: at,
          },
        },
      );
      return modifiedCount;
    });
  }
}
