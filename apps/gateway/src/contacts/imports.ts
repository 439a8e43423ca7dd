import type { ContactImport, ImportJob, ImportStore } from '@crier/audience';
import { freshId, type Clock, type Log } from '@crier/kernel';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface ImportsDeps {
  readonly store: ImportStore;
  readonly runner: ContactImport;
  readonly spool: string;
  readonly clock: Clock;
  readonly log: Log;
}

interface Upload {
  readonly name: string;
  readonly format: ImportJob['format'];
  readonly content: Readable;
}

const NOTHING = { rows: 0, created: 0, changed: 0, failed: 0, bytes: 0 };

/** Imports of files that clients upload: taken whole first, then worked off in the background, one after another. */
export class Imports {
  readonly #deps: ImportsDeps;
  #queue: Promise<void> = Promise.resolve();

  constructor(deps: ImportsDeps) {
    this.#deps = deps;
  }

  /** Takes the file; the job is known, and on its way, when this resolves. @throws Unavailable */
  async begin({ name, format, content }: Upload): Promise<ImportJob> {
    const { spool, store, clock } = this.#deps;
    await mkdir(spool, { recursive: true });
    const id = freshId();
    const path = join(spool, id);
    const job: ImportJob = {
      id,
      name,
      format,
      state: 'running',
      startedAt: clock.now(),
      progress: NOTHING,
    };
    try {
      await pipeline(content, createWriteStream(path, { flags: 'wx' }));
      await store.save(job);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    this.#queue = this.#queue.then(() => this.#run(job, path));
    return job;
  }

  async #run({ id, name, format }: ImportJob, path: string): Promise<void> {
    try {
      await this.#deps.runner.run({ id, name, format }, createReadStream(path));
    } catch (error) {
      this.#deps.log.error('import ended by a bug', { importId: id, error: String(error) });
    } finally {
      await rm(path, { force: true });
    }
  }
}
