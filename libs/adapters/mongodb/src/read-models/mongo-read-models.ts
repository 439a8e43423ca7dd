import type { Behaviour } from '@crier/contracts';
import { Unavailable, type Instant } from '@crier/kernel';
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
import type { Db } from 'mongodb';
import { reachably } from '../connection.ts';
import { whoDid } from './behaviour-query.ts';
import { readGenerations, readServing } from './catalogue.ts';
import { deliveriesAt } from './deliveries-at-query.ts';
import { listDeliveries } from './deliveries-query.ts';
import { listRows } from './list-query.ts';
import { listRecipients } from './recipient-query.ts';
import { collectionOf } from './stored.ts';

export interface MongoReadModelsOptions {
  readonly db: Db;
  /** What each channel can tell; without it a broadcast shows what was told. */
  readonly reporting?: Reporting;
}

const PROJECTION = 'read-models';
const NOTHING_KNOWN: Reporting = () => undefined;
const MOST_TRIES = 5;

/**
 * Reads the generation that serves. Every document is one that was written whole; documents of a step that is just being
 * applied may be seen some milliseconds apart.
 */
export class MongoReadModels extends ReadModels {
  readonly #db: Db;
  readonly #reporting: Reporting;

  constructor({ db, reporting = NOTHING_KNOWN }: MongoReadModelsOptions) {
    super();
    this.#db = db;
    this.#reporting = reporting;
  }

  async list(query: ListQuery): Promise<Page<BroadcastRow>> {
    const page = await this.#ask((generation) => listRows(this.#db, generation, query));
    return page
      ? { ...page, items: page.items.map((row) => asReported(row, this.#reporting)) }
      : { items: [] };
  }

  async row(broadcastId: string): Promise<BroadcastRow | undefined> {
    const found = await this.#ask((generation) =>
      collectionOf(this.#db, 'rows', generation).findOne(
        { _id: broadcastId },
        { projection: { row: 1 } },
      ),
    );
    return found?.row === undefined
      ? undefined
      : asReported(JSON.parse(found.row) as BroadcastRow, this.#reporting);
  }

  async report(broadcastId: string): Promise<BroadcastReport | undefined> {
    const report = await this.#ask(async (generation) => {
      const found = await collectionOf(this.#db, 'mailings', generation).findOne({
        _id: broadcastId,
      });
      const mailing = found ? (JSON.parse(found.document) as Mailing) : undefined;
      if (!mailing || mailing.phase === 'deleted') return undefined;
      return reportOf(mailing, await this.#timeline(generation, broadcastId));
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

  async deliveriesAt(
    botId: string,
    contactIds: readonly string[],
    limit: number,
  ): Promise<ReadonlyMap<string, readonly RecipientRow[]>> {
    const found = await this.#ask((generation) =>
      deliveriesAt({ db: this.#db, generation, botId }, contactIds, limit),
    );
    return found ?? new Map<string, readonly RecipientRow[]>();
  }

  whoDid(asked: Behaviour, now: Instant): AsyncIterable<readonly string[]> {
    return whoDid({ db: this.#db, ask: (question) => this.#ask(question), asked }, now);
  }

  progress(): Promise<readonly Progress[]> {
    return reachably(async () =>
      (await readGenerations(this.#db)).map(({ version, serving, position, recordedAt }) => ({
        projection: PROJECTION,
        version,
        position,
        recordedAt,
        rebuilding: !serving,
      })),
    );
  }

  /** Asked again where the generation was replaced, and perhaps dropped, meanwhile. Undefined where nothing serves yet. */
  #ask<Answer>(question: (generation: number) => Promise<Answer>): Promise<Answer | undefined> {
    return reachably(async () => {
      let serving = await readServing(this.#db);
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        if (serving === undefined) return undefined;
        const asked = serving;
        const answer = await question(asked);
        serving = await readServing(this.#db);
        if (serving === asked) return answer;
      }
      throw new Unavailable('The read models are replaced faster than they can be read');
    });
  }

  async #timeline(generation: number, broadcast: string): Promise<TimelineHour['minutes']> {
    const hours = await collectionOf(this.#db, 'hours', generation)
      .find({ broadcast })
      .sort({ _id: 1 })
      .toArray();
    return hours.flatMap(({ minutes }) => minutes);
  }
}
