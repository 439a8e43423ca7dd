import { AppError, type Position } from '@crier/kernel';
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
  abstract progress(): Promise<readonly Progress[]>;
}
