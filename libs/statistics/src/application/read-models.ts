import type { Behaviour } from '@crier/contracts';
import { AppError, type Instant, type Position } from '@crier/kernel';
import type {
  BroadcastReport,
  BroadcastRow,
  ListQuery,
  Page,
  RecipientQuery,
  RecipientRow,
} from './documents.ts';

/** A cursor that no page of this query gave out. */
export class BadCursor extends AppError {
  readonly code = 'BAD_CURSOR';
  readonly verdict = 'park';
}

/** How far a fold has come. */
export interface Progress {
  readonly projection: string;
  readonly version: number;
  readonly position: Position | undefined;
  /** When the newest folded event was recorded; undefined before the first. */
  readonly recordedAt: string | undefined;
  readonly rebuilding: boolean;
}

/** The reading side: everything folded from events, thrown away and rebuilt at will. All throw Unavailable. */
export abstract class ReadModels {
  /** Deleted broadcasts are not listed. @throws BadCursor */
  abstract list(query: ListQuery): Promise<Page<BroadcastRow>>;
  abstract row(broadcastId: string): Promise<BroadcastRow | undefined>;
  abstract report(broadcastId: string): Promise<BroadcastReport | undefined>;
  /** In order of lane and index. @throws BadCursor */
  abstract recipients(broadcastId: string, query: RecipientQuery): Promise<Page<RecipientRow>>;
  /** What this person got, newest broadcast first, and why not. @throws BadCursor */
  abstract deliveries(
    contactId: string,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<Page<RecipientRow>>;
  /**
   * The newest deliveries of many people at one bot, at most `limit` each, newest broadcast first; who has none is missing. Other
   * questions get their turn in between.
   */
  abstract deliveriesAt(
    botId: string,
    contactIds: readonly string[],
    limit: number,
  ): Promise<ReadonlyMap<string, readonly RecipientRow[]>>;
  /**
   * Everybody who did something: in one broadcast, or in any that started within so many days before `now`, deleted ones too.
   * In chunks of at most some ten thousand ids, one person perhaps several times; read only as fast as they are taken, while
   * other questions get their turn.
   */
  abstract whoDid(asked: Behaviour, now: Instant): AsyncIterable<readonly string[]>;
  abstract progress(): Promise<readonly Progress[]>;
}
