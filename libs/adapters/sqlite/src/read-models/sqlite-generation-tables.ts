import {
  type ChangedPage,
  type FrozenAudience,
  GenerationTables,
  type LaneBatch,
  type Mailing,
  packContacts,
  packPage,
  type PagePlace,
  type PlannedBatch,
  type RecipientPage,
  rowOf,
  type Step,
  type TimelineHour,
  unpackPage,
} from '@crier/statistics';
import type { DatabaseSync } from 'node:sqlite';
import { generationStatements, type GenerationStatements } from './generation-statements.ts';
import { inTransaction, reachably } from './read-model-database.ts';
import { rowColumns } from './row-columns.ts';

interface PageRow {
  readonly start: number;
  readonly size: number;
  readonly dictionary: string;
  readonly data: Uint8Array;
}

/** Numbers once looked up, within bounds. */
const MOST_NUMBERS = 10_000;

/** The tables of one generation, as its writer sees them. */
export class SqliteGenerationTables extends GenerationTables {
  readonly #db: DatabaseSync;
  readonly #sql: GenerationStatements;
  readonly #broadcasts = new Map<string, number>();
  readonly #places = new Map<string, number>();

  constructor(db: DatabaseSync, generation: number) {
    super();
    this.#db = db;
    this.#sql = generationStatements(db, generation);
  }

  mailing(broadcastId: string): Promise<Mailing | undefined> {
    return reachably(() => {
      const row = this.#sql.mailing.get(broadcastId) as { readonly document: string } | undefined;
      return row && (JSON.parse(row.document) as Mailing);
    });
  }

  hour(broadcastId: string, hour: string): Promise<TimelineHour | undefined> {
    return reachably(() => {
      const row = this.#sql.hour.get(broadcastId, hour) as { readonly minutes: string } | undefined;
      if (!row) return undefined;
      return { broadcastId, hour, minutes: JSON.parse(row.minutes) as TimelineHour['minutes'] };
    });
  }

  lane({ broadcastId, lane }: PagePlace): Promise<readonly LaneBatch[]> {
    return reachably(() => {
      const number = this.#numberOf(broadcastId);
      if (number === undefined) return [];
      const rows = this.#sql.lane.all(number, lane) as unknown as readonly PageRow[];
      return rows.map(({ start, size }) => ({ from: start, size }));
    });
  }

  pages(
    { broadcastId, lane }: PagePlace,
    froms: readonly number[],
  ): Promise<readonly RecipientPage[]> {
    return reachably(() => {
      const number = this.#numberOf(broadcastId) ?? null;
      return froms.flatMap((from) => {
        const row = this.#sql.page.get(number, lane, from) as unknown as PageRow | undefined;
        return row ? [unpackPage(row.start, row.size, row)] : [];
      });
    });
  }

  commit(step: Step): Promise<boolean> {
    return reachably(() => {
      try {
        return inTransaction(this.#db, 'IMMEDIATE', () => this.#write(step));
      } catch (error) {
        // What a rolled-back transaction numbered does not exist.
        this.#broadcasts.clear();
        this.#places.clear();
        throw error;
      }
    });
  }

  #write({ after, position, recordedAt, changes }: Step): boolean {
    const { changes: moved } = this.#sql.advance.run(position, recordedAt ?? null, after ?? null);
    if (Number(moved) === 0) return false;
    for (const batch of changes.batches) this.#addPlaces(batch);
    for (const audience of changes.frozen) this.#addLanes(audience);
    for (const changed of changes.pages) this.#putPage(changed);
    for (const { broadcastId, hour, minutes } of changes.hours)
      this.#sql.putHour.run(broadcastId, hour, JSON.stringify(minutes));
    for (const mailing of changes.mailings) this.#putMailing(mailing);
    return true;
  }

  #addPlaces({ broadcastId, lane, from, contactIds }: PlannedBatch): void {
    const broadcast = this.#numberOf(broadcastId) ?? this.#addBroadcast(broadcastId);
    let first = contactIds[0] ?? '';
    let last = first;
    for (const id of contactIds) {
      if (id < first) first = id;
      if (id > last) last = id;
    }
    const { lastInsertRowid } = this.#sql.addPlaces.run(
      broadcast,
      lane,
      from,
      contactIds.length,
      first,
      last,
      packContacts(contactIds),
    );
    this.#remember(this.#places, `${broadcast}/${lane}/${from}`, Number(lastInsertRowid));
  }

  #addBroadcast(broadcastId: string): number {
    const { number } = this.#sql.addBroadcast.get(broadcastId) as { readonly number: number };
    return this.#remember(this.#broadcasts, broadcastId, number);
  }

  /** A frozen audience without a single recipient has no places, and needs no lanes to find them. */
  #addLanes({ broadcastId, lanes }: FrozenAudience): void {
    const broadcast = this.#numberOf(broadcastId);
    if (broadcast === undefined) return;
    for (const { lane, botId, channel } of lanes)
      this.#sql.addLane.run(broadcast, lane, botId, channel);
  }

  #putPage({ broadcastId, lane, page }: ChangedPage): void {
    const { waiting, sent, failed, skipped, unconfirmed } = page.counts;
    const { data, dictionary } = packPage(page);
    const no = this.#placeOf(this.#numberOf(broadcastId) ?? -1, lane, page.from);
    this.#sql.putPage.run(no, waiting, sent, failed, skipped, unconfirmed, dictionary, data);
  }

  #putMailing(mailing: Mailing): void {
    this.#sql.putMailing.run(mailing.id, JSON.stringify(mailing));
    if (mailing.phase === 'deleted') this.#sql.removeRow.run(mailing.id);
    else this.#sql.putRow.run(...rowColumns(rowOf(mailing)));
  }

  #numberOf(broadcastId: string): number | undefined {
    const known = this.#broadcasts.get(broadcastId);
    if (known !== undefined) return known;
    const row = this.#sql.broadcast.get(broadcastId) as { readonly number: number } | undefined;
    return row && this.#remember(this.#broadcasts, broadcastId, row.number);
  }

  #placeOf(broadcast: number, lane: number, from: number): number {
    const key = `${broadcast}/${lane}/${from}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const { no } = this.#sql.place.get(broadcast, lane, from) as { readonly no: number };
    return this.#remember(this.#places, key, no);
  }

  #remember(numbers: Map<string, number>, key: string, number: number): number {
    if (numbers.size >= MOST_NUMBERS) numbers.clear();
    numbers.set(key, number);
    return number;
  }
}
