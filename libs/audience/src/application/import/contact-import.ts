import type { Clock } from '@crier/kernel';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseContactChange, type Refusal } from '../../domain/contact-change.ts';
import { isObject } from '../../domain/filter-problems.ts';
import type { ContactChange, ContactDirectory, Upserted } from '../contact-directory.ts';
import { columnOfField } from './csv-change.ts';
import { csvRows } from './csv-rows.ts';
import { decoded } from './decoded.ts';
import { ImportReport } from './import-report.ts';
import type { ImportRow, RowError } from './import-row.ts';
import type { ImportJob, ImportProgress, ImportStore } from './import-store.ts';
import { ndjsonRows } from './ndjson-rows.ts';

export interface ContactImportOptions {
  readonly directory: ContactDirectory;
  readonly store: ImportStore;
  readonly clock: Clock;
  /** Folder for the reports of rows that failed; made if it is missing. */
  readonly reports: string;
}

export interface ImportRequest {
  readonly id: string;
  /** The file's name, for people. */
  readonly name: string;
  readonly format: ImportJob['format'];
}

const BATCH_ROWS = 1_000;
const SAVE_EVERY_MS = 500;
const NOTHING: ImportProgress = { rows: 0, created: 0, changed: 0, failed: 0, bytes: 0 };

type Failed = RowError & { readonly row: number };

const NO_IDENTITY: RowError = {
  column: 'external_id',
  code: 'NO_IDENTITY',
  message: 'Give an external id, or bot and address, so that the person is found again.',
};

/** The change without the id: an import finds people by external id or address, so that it can be repeated anywhere. */
const portable = (change: ContactChange): unknown =>
  isObject(change)
    ? Object.fromEntries(Object.entries(change).filter(([name]) => name !== 'id'))
    : change;

const hasIdentity = ({ externalId, connections }: ContactChange): boolean =>
  (externalId !== undefined && externalId !== null) ||
  (connections !== undefined && connections.length > 0);

/** The row with its change checked, so that only what is sound and shallow goes on to the directory. */
const checked = (read: ImportRow, format: ImportJob['format']): ImportRow => {
  if ('error' in read) return read;
  const { row } = read;
  const parsed = parseContactChange(portable(read.change));
  if (!parsed.ok) return { row, error: errorOf(parsed, format) };
  return hasIdentity(parsed.value) ? { row, change: parsed.value } : { row, error: NO_IDENTITY };
};

const errorOf = ({ code, field, message }: Refusal, format: ImportJob['format']): RowError => ({
  column: format === 'csv' ? columnOfField(field) : field,
  code,
  message,
});

const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

/** Imports contacts from CSV or NDJSON in flat memory. Repeating an import changes nothing more. */
export class ContactImport {
  readonly #options: ContactImportOptions;

  constructor(options: ContactImportOptions) {
    this.#options = options;
  }

  /**
   * Reads `content` to its end, or to where it cannot be read further: then the job is failed with the reason, and what came
   * before is imported. Resolves with the finished job. @throws what is a bug, after the job was noted as failed
   */
  async run(request: ImportRequest, content: AsyncIterable<Uint8Array>): Promise<ImportJob> {
    const { clock, reports } = this.#options;
    await mkdir(reports, { recursive: true });
    const report = new ImportReport(join(reports, `${request.id}.csv`));
    const started: ImportJob = {
      ...request,
      state: 'running',
      startedAt: clock.now(),
      progress: NOTHING,
    };
    const run = new Run(this.#options, started, report);
    await run.save();
    try {
      await run.read(content);
      return await run.finish({ state: 'done' });
    } catch (error) {
      const reason = codeOf(error);
      const message = error instanceof Error ? error.message : String(error);
      const failed = await run.finish({ state: 'failed', reason: reason ?? 'BUG', message });
      if (reason === undefined) throw error;
      return failed;
    } finally {
      await report.close();
    }
  }
}

/** One import on its way. */
class Run {
  readonly #options: ContactImportOptions;
  readonly #report: ImportReport;
  #job: ImportJob;
  #savedAtMs: number;

  constructor(options: ContactImportOptions, job: ImportJob, report: ImportReport) {
    this.#options = options;
    this.#job = job;
    this.#report = report;
    this.#savedAtMs = options.clock.monotonicMs();
  }

  async read(content: AsyncIterable<Uint8Array>): Promise<void> {
    const text = decoded(content, (bytes) => {
      this.#add({ bytes });
    });
    let batch: ImportRow[] = [];
    const rows = this.#job.format === 'csv' ? csvRows(text) : ndjsonRows(text);
    try {
      for await (const row of rows) {
        batch.push(checked(row, this.#job.format));
        if (batch.length < BATCH_ROWS) continue;
        const full = batch;
        batch = [];
        await this.#import(full);
      }
    } finally {
      // What was read before the trouble is imported, so that the counts say how far it came.
      if (batch.length > 0) await this.#import(batch);
    }
  }

  async save(): Promise<void> {
    await this.#options.store.save(this.#job);
  }

  async finish(end: Pick<ImportJob, 'state' | 'reason' | 'message'>): Promise<ImportJob> {
    const report = this.#report.path;
    this.#job = {
      ...this.#job,
      ...end,
      finishedAt: this.#options.clock.now(),
      ...(report === undefined ? {} : { report }),
    };
    await this.save();
    return this.#job;
  }

  async #import(batch: readonly ImportRow[]): Promise<void> {
    const asked = batch.flatMap((row) => ('change' in row ? [row] : []));
    const broken = batch.flatMap((row) => ('error' in row ? [{ row: row.row, ...row.error }] : []));
    const answers =
      asked.length === 0
        ? []
        : await this.#options.directory.upsert(asked.map(({ change }) => change));
    const refused = answers.flatMap((answer, index) => this.#refusal(answer, asked[index]?.row));
    const created = answers.filter((answer) => answer.ok && answer.created).length;
    const failed = [...broken, ...refused].toSorted((left, right) => left.row - right.row);
    this.#add({
      rows: batch.length,
      created,
      changed: answers.length - refused.length - created,
      failed: failed.length,
    });
    await this.#report.add(failed);
    await this.#saveNowAndThen();
  }

  #refusal(answer: Upserted, row = 0): readonly Failed[] {
    return answer.ok ? [] : [{ row, ...errorOf(answer, this.#job.format) }];
  }

  #add(more: Partial<ImportProgress>): void {
    const { progress } = this.#job;
    const sum = (key: keyof ImportProgress): number => progress[key] + (more[key] ?? 0);
    this.#job = {
      ...this.#job,
      progress: {
        rows: sum('rows'),
        created: sum('created'),
        changed: sum('changed'),
        failed: sum('failed'),
        bytes: sum('bytes'),
      },
    };
  }

  async #saveNowAndThen(): Promise<void> {
    const nowMs = this.#options.clock.monotonicMs();
    if (nowMs - this.#savedAtMs < SAVE_EVERY_MS) return;
    this.#savedAtMs = nowMs;
    await this.save();
  }
}
