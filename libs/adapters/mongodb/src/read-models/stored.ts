import { type PackedContacts, type SortKey, type TimelineHour } from '@crier/statistics';
import type { Collection, Db } from 'mongodb';
import { TRUTH } from '../connection.ts';

/** Every document knows the step that wrote it last: an older step never writes over it. */
export interface Stepped {
  readonly _id: string;
  readonly step: number;
}

/** `_id`: broadcast. */
export interface StoredMailing extends Stepped {
  /** JSON of a Mailing: its keys (reasons, buttons) are not for MongoDB to judge, and nothing inside is searched. */
  readonly document: string;
}

/** `_id`: broadcast. Of a deleted one only `listed` is left. */
export interface StoredRow extends Stepped {
  readonly listed: boolean;
  /** What the table sorts by. */
  readonly by?: Readonly<Record<SortKey, string | number>>;
  /** When it is due, or was drafted: what the table is filtered by. */
  readonly dayAt?: string;
  readonly channels?: readonly string[];
  /** JSON of a BroadcastRow. */
  readonly row?: string;
}

/** `_id`: broadcast/hour. */
export interface StoredHour extends Stepped {
  readonly broadcast: string;
  readonly minutes: TimelineHour['minutes'];
}

export interface StoredLane {
  readonly lane: number;
  /** Sizes of its batches in order, two bytes each: they follow one another without a gap. */
  readonly sizes: Uint8Array;
  /** From the freeze on. */
  readonly botId?: string;
  readonly channel?: string;
}

/** `_id`: broadcast. Where its recipients lie. */
export interface StoredAudience extends Stepped {
  /** Which broadcast it was, in order of planning: the newest has the highest. */
  readonly number: number;
  readonly frozen: boolean;
  readonly lanes: readonly StoredLane[];
}

/** `_id`: broadcast/lane/from. Who the recipients of a batch are: written once. */
export interface StoredPlaces extends Stepped {
  /** broadcast/lane */
  readonly of: string;
  /** The smallest contact id. */
  readonly first: string;
  readonly contacts: PackedContacts;
}

/** `_id` as the places': what became of them. */
export interface StoredPage extends Stepped {
  readonly from: number;
  readonly size: number;
  readonly waiting: number;
  readonly sent: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unconfirmed: number;
  readonly dictionary: string;
  readonly data: Uint8Array;
}

export interface StoredDocuments {
  readonly mailings: StoredMailing;
  readonly rows: StoredRow;
  readonly hours: StoredHour;
  readonly audiences: StoredAudience;
  readonly places: StoredPlaces;
  readonly pages: StoredPage;
}
export type Kind = keyof StoredDocuments;

export const KINDS: readonly Kind[] = ['places', 'pages', 'hours', 'audiences', 'mailings', 'rows'];

const NAME = new RegExp(String.raw`^(?:${KINDS.join('|')})_(\d+)$`);

/** The generation that a collection belongs to; undefined for every other collection. */
export const generationOfName = (collection: string): number | undefined => {
  const number = NAME.exec(collection)?.[1];
  return number === undefined ? undefined : Number(number);
};

/**
 * One kind of documents of one generation. Written as durably as a source of truth, although all of it can be folded again:
 * a failover between a document and the mark that it is applied must not take back the document alone.
 */
export const collectionOf = <Of extends Kind>(
  db: Db,
  kind: Of,
  generation: number,
): Collection<StoredDocuments[Of]> =>
  db.collection<StoredDocuments[Of]>(`${kind}_${generation}`, {
    writeConcern: TRUTH,
    readPreference: 'primary',
    promoteBuffers: true,
  });

const LANE_DIGITS = 5;
const FROM_DIGITS = 10;

export const laneId = (broadcastId: string, lane: number): string =>
  `${broadcastId}/${String(lane).padStart(LANE_DIGITS, '0')}`;

export const pageId = (broadcastId: string, lane: number, from: number): string =>
  `${laneId(broadcastId, lane)}/${String(from).padStart(FROM_DIGITS, '0')}`;

export const hourId = (broadcastId: string, hour: string): string => `${broadcastId}/${hour}`;
