import type { Behaviour } from '@crier/contracts';
import type { Instant } from '@crier/kernel';
import {
  asReported,
  ReadModels,
  reportOf,
  type BroadcastReport,
  type BroadcastRow,
  type ListQuery,
  type Mailing,
  type Page,
  type Progress,
  type RecipientQuery,
  type RecipientRow,
  type Reporting,
  type TimelineHour,
} from '@crier/statistics';
import type { DatabaseSync } from 'node:sqlite';
import { IN_MEMORY } from '../database.ts';
import { whoDid } from './behaviour-query.ts';
import { deliveriesAt } from './deliveries-at-query.ts';
import { listRows } from './list-query.ts';
import {
  inTransaction,
  openReadModelsForReading,
  openReadModelsForWriting,
  reachably,
} from './read-model-database.ts';
import { tableOf } from './read-model-schema.ts';
import { listDeliveries, listRecipients } from './recipient-query.ts';
import { readGenerations, SqliteReadModelWriter } from './sqlite-read-model-writer.ts';

export interface SqliteReadModelsOptions {
  readonly path: string;
  /** What each channel can tell; without it a broadcast shows what was told. */
  readonly reporting?: Reporting;
}

const PROJECTION = 'read-models';
const NOTHING_KNOWN: Reporting = () => undefined;

/** Reads the generation that serves, each answer on one state of the file, over a connection of its own. */
export class SqliteReadModels extends ReadModels {
  readonly #db: DatabaseSync;
  readonly #reporting: Reporting;

  /** For a connection that is shared: {@link open} is the usual door. */
  constructor(db: DatabaseSync, reporting: Reporting = NOTHING_KNOWN) {
    super();
    this.#db = db;
    this.#reporting = reporting;
  }

  /** @throws Unavailable where no writer has made the file yet */
  static open({ path, reporting }: SqliteReadModelsOptions): Promise<SqliteReadModels> {
    return reachably(() => new SqliteReadModels(openReadModelsForReading(path), reporting));
  }

  async list(query: ListQuery): Promise<Page<BroadcastRow>> {
    const page = await this.#ask((generation) => listRows(this.#db, generation, query));
    return page
      ? { ...page, items: page.items.map((row) => asReported(row, this.#reporting)) }
      : { items: [] };
  }

  async row(broadcastId: string): Promise<BroadcastRow | undefined> {
    const found = await this.#ask((generation) =>
      this.#document(tableOf('rows', generation), broadcastId),
    );
    return found === undefined
      ? undefined
      : asReported(JSON.parse(found) as BroadcastRow, this.#reporting);
  }

  async report(broadcastId: string): Promise<BroadcastReport | undefined> {
    const report = await this.#ask((generation) => {
      const found = this.#document(tableOf('mailings', generation), broadcastId);
      const mailing = found === undefined ? undefined : (JSON.parse(found) as Mailing);
      if (!mailing || mailing.phase === 'deleted') return undefined;
      return reportOf(mailing, this.#timeline(generation, broadcastId));
    });
    return report && { ...report, row: asReported(report.row, this.#reporting) };
  }

  async recipients(broadcastId: string, query: RecipientQuery): Promise<Page<RecipientRow>> {
    const page = await this.#ask((generation) =>
      listRecipients(this.#db, generation, { broadcastId, query }),
    );
    return page ?? { items: [] };
  }

  async deliveries(
    contactId: string,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<Page<RecipientRow>> {
    const found = await this.#ask((generation) =>
      listDeliveries(this.#db, generation, { contactId, ...page }),
    );
    return found ?? { items: [] };
  }

  deliveriesAt(
    botId: string,
    contactIds: readonly string[],
    limit: number,
  ): Promise<ReadonlyMap<string, readonly RecipientRow[]>> {
    return deliveriesAt(
      { db: this.#db, ask: (question) => this.#ask(question) },
      { botId, contactIds, limit },
    );
  }

  whoDid(asked: Behaviour, now: Instant): AsyncIterable<readonly string[]> {
    return whoDid({ db: this.#db, ask: (question) => this.#ask(question), asked }, now);
  }

  progress(): Promise<readonly Progress[]> {
    return reachably(() =>
      readGenerations(this.#db).map(({ version, serving, position, recordedAt }) => ({
        projection: PROJECTION,
        version,
        position,
        recordedAt,
        rebuilding: !serving,
      })),
    );
  }

  /** Lets go of the file. */
  close(): Promise<void> {
    if (this.#db.isOpen) this.#db.close();
    return Promise.resolve();
  }

  /** Undefined where nothing serves yet. */
  #ask<Answer>(question: (generation: number) => Answer): Promise<Answer | undefined> {
    return reachably(() =>
      inTransaction(this.#db, 'DEFERRED', () => {
        const serving = this.#db
          .prepare('SELECT number FROM generations WHERE serving = 1')
          .get() as { readonly number: number } | undefined;
        return serving && question(serving.number);
      }),
    );
  }

  #document(table: string, id: string): string | undefined {
    const row = this.#db.prepare(`SELECT document FROM ${table} WHERE id = ?`).get(id);
    return (row as { readonly document: string } | undefined)?.document;
  }

  #timeline(generation: number, broadcastId: string): TimelineHour['minutes'] {
    const hours = this.#db
      .prepare(
        `SELECT minutes FROM ${tableOf('hours', generation)} WHERE broadcast = ? ORDER BY hour`,
      )
      .all(broadcastId) as unknown as readonly { readonly minutes: string }[];
    return hours.flatMap(({ minutes }) => JSON.parse(minutes) as TimelineHour['minutes']);
  }
}

/** Both sides over one connection: the only way to have read models in memory. @throws Unavailable */
export const openReadModelsTogether = (
  reporting?: Reporting,
): Promise<{ readonly models: SqliteReadModels; readonly writer: SqliteReadModelWriter }> =>
  reachably(() => {
    const db = openReadModelsForWriting(IN_MEMORY);
    return { models: new SqliteReadModels(db, reporting), writer: new SqliteReadModelWriter(db) };
  });
