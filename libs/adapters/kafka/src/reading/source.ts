import type { FetchedRecord } from '../link/protocol.ts';

/** A partition that is being read, by whoever deals with what it holds. */
export interface Source {
  readonly topic: string;
  readonly partition: number;
  /** The next offset to read. */
  readonly position: bigint;
  /** Whether there is room for more. */
  readonly hungry: boolean;
  /** Takes what stands at `position` and after. */
  accept(records: readonly FetchedRecord[]): void;
  /** What stood before is gone: reading goes on there. */
  moveTo(offset: bigint): void;
}
