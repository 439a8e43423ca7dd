import {
  GenerationTables,
  unpackPage,
  type Changes,
  type LaneBatch,
  type Mailing,
  type PagePlace,
  type RecipientPage,
  type Step,
  type TimelineHour,
} from '@crier/statistics';
import type { Collection, Db } from 'mongodb';
import { Unavailable } from '@crier/kernel';
import { reachably } from '../connection.ts';
import { batchesOf, noAudience, withBatches, withFrozen } from './audience-file.ts';
import type { HeardPositions } from './heard-positions.ts';
import { putsOf, type ChangedAudiences } from './puts.ts';
import { StepLog, type Standing } from './step-log.ts';
import {
  collectionOf,
  hourId,
  pageId,
  type Kind,
  type StoredAudience,
  type StoredDocuments,
  type StoredPage,
  type Stepped,
} from './stored.ts';

type Audience = Omit<StoredAudience, '_id' | 'step'>;

const MOST_PAGES_AT_ONCE = 500;

/**
 * The documents of one generation, as its writer sees them: all as of the position that he folds from. A later document tells
 * that another writer has moved on, and ends the fold as Unavailable. Everything is found by `_id`.
 */
export class MongoGenerationTables extends GenerationTables {
  readonly #db: Db;
  readonly #generation: number;
  readonly #heard: HeardPositions;
  readonly #steps: StepLog;

  constructor(db: Db, generation: number, heard: HeardPositions) {
    super();
    this.#db = db;
    this.#generation = generation;
    this.#heard = heard;
    this.#steps = new StepLog(db, generation);
  }

  mailing(broadcastId: string): Promise<Mailing | undefined> {
    return this.#read(async (standing) => {
      const found = await this.#one(standing, 'mailings', broadcastId);
      return found ? (JSON.parse(found.document) as Mailing) : undefined;
    });
  }

  hour(broadcastId: string, hour: string): Promise<TimelineHour | undefined> {
    return this.#read(async (standing) => {
      const found = await this.#one(standing, 'hours', hourId(broadcastId, hour));
      return found ? { broadcastId, hour, minutes: found.minutes } : undefined;
    });
  }

  lane({ broadcastId, lane }: PagePlace): Promise<readonly LaneBatch[]> {
    return this.#read(async (standing) => {
      const audience = await this.#one(standing, 'audiences', broadcastId);
      const found = audience?.lanes.find((known) => known.lane === lane);
      return found ? batchesOf(found) : [];
    });
  }

  pages(
    { broadcastId, lane }: PagePlace,
    froms: readonly number[],
  ): Promise<readonly RecipientPage[]> {
    return this.#read(async (standing) => {
      const ids = froms.map((from) => pageId(broadcastId, lane, from));
      const found = new Map<string, RecipientPage>();
      for (let at = 0; at < ids.length; at += MOST_PAGES_AT_ONCE) {
        const $in = ids.slice(at, at + MOST_PAGES_AT_ONCE);
        for await (const page of this.#of('pages').find({ _id: { $in } }))
          found.set(page._id, unpacked(this.#asOf(standing, page)));
      }
      return ids.flatMap((id) => found.get(id) ?? []);
    });
  }

  commit({ after, position, recordedAt, changes }: Step): Promise<boolean> {
    return reachably(async () => {
      const standing = await this.#steps.standing();
      if (standing.position !== (after ?? null)) {
        this.#steps.doubt();
        return false;
      }
      const { audiences, broadcasts } = await this.#audiencesAfter(changes, standing);
      const puts = putsOf(changes, audiences);
      const taken = await this.#steps.take(standing, { position, recordedAt, puts, broadcasts });
      if (taken) this.#heard.note(this.#generation, position);
      return taken;
    });
  }

  #of<Of extends Kind>(kind: Of): Collection<StoredDocuments[Of]> {
    return collectionOf(this.#db, kind, this.#generation);
  }

  async #one<Of extends Kind>(
    standing: Standing,
    kind: Of,
    id: string,
  ): Promise<StoredDocuments[Of] | undefined> {
    const collection = this.#of(kind) as unknown as Collection<Stepped>;
    const found = await collection.findOne({ _id: id });
    return found ? this.#asOf(standing, found as StoredDocuments[Of]) : undefined;
  }

  #asOf<Document extends Stepped>({ step }: Standing, document: Document): Document {
    return document.step <= step ? document : this.#outrun();
  }

  #read<Value>(work: (standing: Standing) => Promise<Value>): Promise<Value> {
    return reachably(async () => {
      const standing = await this.#steps.standing();
      if (!this.#heard.fits(this.#generation, standing.position)) this.#outrun();
      return work(standing);
    });
  }

  #outrun(): never {
    this.#steps.doubt();
    throw new Unavailable('Another writer moved the read models on', {
      generation: this.#generation,
    });
  }

  /** The audiences that batches and freezes change; new ones are numbered. */
  async #audiencesAfter(
    { batches, frozen }: Changes,
    standing: Standing,
  ): Promise<{ readonly audiences: ChangedAudiences; readonly broadcasts: number }> {
    const ids = new Set([...batches, ...frozen].map(({ broadcastId }) => broadcastId));
    const audiences = await this.#audiences(standing, [...ids]);
    let { broadcasts } = standing;
    for (const id of new Set(batches.map(({ broadcastId }) => broadcastId))) {
      const known = audiences.get(id) ?? noAudience((broadcasts += 1));
      const added = batches.filter(({ broadcastId }) => broadcastId === id);
      audiences.set(id, withBatches(known, added));
    }
    // A frozen audience without a single recipient has no places, and needs no lanes to find them.
    for (const one of frozen) {
      const known = audiences.get(one.broadcastId);
      if (known) audiences.set(one.broadcastId, withFrozen(known, one));
    }
    return { audiences, broadcasts };
  }

  async #audiences(standing: Standing, ids: string[]): Promise<Map<string, Audience>> {
    const found = new Map<string, Audience>();
    for (const id of ids) {
      const audience = await this.#one(standing, 'audiences', id);
      if (!audience) continue;
      const { number, frozen, lanes } = audience;
      found.set(id, { number, frozen, lanes });
    }
    return found;
  }
}

const unpacked = (page: StoredPage): RecipientPage => unpackPage(page.from, page.size, page);
