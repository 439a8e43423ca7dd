import type { LanePlan } from '@crier/contracts';
import type { Instant, Position } from '@crier/kernel';
import type { Mailing } from '../domain/mailing.ts';
import type { RecipientPage } from '../domain/recipient-page.ts';
import type { TimelineHour } from '../domain/timeline.ts';

/** One complete set of read models. One of them serves; another may be filling. */
export interface Generation {
  readonly number: number;
  /** Of the folds that fill it: another version's documents are not understood. */
  readonly version: number;
  readonly serving: boolean;
  /** Everything up to here is folded into it. */
  readonly position: Position | undefined;
  /** Of the newest folded event. */
  readonly recordedAt: Instant | undefined;
}

/** Where a lane's recipients lie, in order of index. */
export interface LaneBatch {
  readonly from: number;
  readonly size: number;
}

/** The place of a page. */
export interface PagePlace {
  readonly broadcastId: string;
  readonly lane: number;
}

export interface PlannedBatch extends PagePlace {
  readonly from: number;
  readonly contactIds: readonly string[];
}

export interface ChangedPage extends PagePlace {
  readonly page: RecipientPage;
}

/** Lanes whose recipients are to be seen from now on. */
export interface FrozenAudience {
  readonly broadcastId: string;
  readonly lanes: readonly Omit<LanePlan, 'batches' | 'planned'>[];
}

/** What a batch of events came to. Applied in the order of the fields. */
export interface Changes {
  readonly batches: readonly PlannedBatch[];
  readonly frozen: readonly FrozenAudience[];
  readonly pages: readonly ChangedPage[];
  readonly hours: readonly TimelineHour[];
  readonly mailings: readonly Mailing[];
}

/** A step from one position to the next, with everything that it changes. */
export interface Step {
  readonly after: Position | undefined;
  readonly position: Position;
  readonly recordedAt: Instant | undefined;
  readonly changes: Changes;
}

/** Reading and writing one generation. All throw Unavailable. */
export abstract class GenerationTables {
  abstract mailing(broadcastId: string): Promise<Mailing | undefined>;
  abstract hour(broadcastId: string, hour: string): Promise<TimelineHour | undefined>;
  abstract lane(place: PagePlace): Promise<readonly LaneBatch[]>;
  /** The pages that begin at these indexes, in the same order. */
  abstract pages(place: PagePlace, froms: readonly number[]): Promise<readonly RecipientPage[]>;
  /**
   * Writes everything and the position in one transaction. False, and nothing is written, unless the generation stands
   * exactly at `after`: a repeat, or another writer was there.
   */
  abstract commit(step: Step): Promise<boolean>;
}

/** The writing side of the read models: sets of tables, each with its own position. All throw Unavailable. */
export abstract class ReadModelWriter {
  abstract generations(): Promise<readonly Generation[]>;
  /** A new, empty set. It serves at once where nothing serves yet. */
  abstract begin(version: number): Promise<Generation>;
  /** From here on this one serves, for every reader at once; the former one is dropped. */
  abstract promote(generation: number): Promise<void>;
  /** Drops a set that does not serve. */
  abstract discard(generation: number): Promise<void>;
  abstract tables(generation: number): GenerationTables;
}
