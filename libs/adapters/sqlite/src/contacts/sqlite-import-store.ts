import { ImportStore, type ImportJob } from '@crier/audience';
import type { Instant } from '@crier/kernel';
import type { DatabaseSync } from 'node:sqlite';
import { openContacts } from './contact-schema.ts';
import { answered, inOneCommit, onOneState } from './transactions.ts';

const MOST_LISTED = 100;

/** With the moment of its last save, by which a process that lives is told from one that died. */
type Kept = ImportJob & { readonly savedAt?: number };

const jobOf = ({ savedAt: _savedAt, ...job }: Kept): ImportJob => job;

const jobsOf = (rows: unknown): readonly ImportJob[] =>
  (rows as readonly { readonly doc: string }[]).map(({ doc }) => jobOf(JSON.parse(doc) as Kept));

/** The state of imports in SQLite, in the file of the contacts or in one of its own. */
export class SqliteImportStore extends ImportStore {
  readonly #db: DatabaseSync;
  readonly #put;
  readonly #get;
  readonly #list;
  readonly #running;

  constructor({ path }: { readonly path: string }) {
    super();
    this.#db = openContacts(path, { checkpoints: false });
    this.#put = this.#db.prepare(`INSERT INTO import (id, started_at, doc) VALUES (?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET started_at = excluded.started_at, doc = excluded.doc`);
    this.#get = this.#db.prepare('SELECT doc FROM import WHERE id = ?');
    this.#list = this.#db.prepare('SELECT doc FROM import ORDER BY started_at DESC, id LIMIT ?');
    this.#running = this.#db.prepare(
      `SELECT doc FROM import
       WHERE json_extract(doc, '$.state') = 'running' AND coalesce(json_extract(doc, '$.savedAt'), 0) <= ?`,
    );
  }

  async save(job: ImportJob): Promise<void> {
    await inOneCommit(this.#db, () => {
      this.#save(job);
    });
  }

  get(id: string): Promise<ImportJob | undefined> {
    return answered(() => onOneState(this.#db, () => jobsOf(this.#get.all(id))[0]));
  }

  list(): Promise<readonly ImportJob[]> {
    return answered(() => onOneState(this.#db, () => jobsOf(this.#list.all(MOST_LISTED))));
  }

  interrupt(at: Instant, silentMs = 0): Promise<number> {
    return inOneCommit(this.#db, () => {
      const jobs = jobsOf(this.#running.all(Date.now() - silentMs));
      for (const job of jobs) {
        this.#save({
          ...job,
          state: 'failed',
          reason: 'INTERRUPTED',
          message:
            'The program ended before the import did. Import the file again: no one is added twice.',
          finishedAt: at,
        });
      }
      return jobs.length;
    });
  }

  close(): Promise<void> {
    if (this.#db.isOpen) this.#db.close();
    return Promise.resolve();
  }

  #save(job: ImportJob): void {
    this.#put.run(job.id, job.startedAt, JSON.stringify({ ...job, savedAt: Date.now() }));
  }
}
