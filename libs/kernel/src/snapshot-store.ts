import type { Position } from './recorded.ts';

/** What a reader had folded when it stood at a position. */
export interface Snapshot {
  readonly position: Position;
  readonly state: unknown;
}

/** Where readers of the event store keep their place and what they folded, in one write. */
export abstract class SnapshotStore {
  /** @throws Unavailable */
  abstract load(reader: string): Promise<Snapshot | undefined>;
  /** Replaces the reader's snapshot; an older position never wins. `state` is JSON-safe. @throws Unavailable */
  abstract save(reader: string, position: Position, state: unknown): Promise<void>;
}
