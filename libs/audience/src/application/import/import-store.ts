import type { Instant } from '@crier/kernel';

/** How far an import has come. */
export interface ImportProgress {
  /** Rows read: created + changed + failed. */
  readonly rows: number;
  readonly created: number;
  /** Rows that found a contact, whether or not they told anything new. */
  readonly changed: number;
  readonly failed: number;
  /** Bytes of input that were read. */
  readonly bytes: number;
}

export interface ImportJob {
  readonly id: string;
  readonly name: string;
  readonly format: 'csv' | 'ndjson';
  readonly state: 'running' | 'done' | 'failed';
  /** Why it failed, as a code: `INTERRUPTED`, `UNKNOWN_COLUMN`, … */
  readonly reason?: string;
  /** The same for people. */
  readonly message?: string;
  readonly startedAt: Instant;
  readonly finishedAt?: Instant;
  readonly progress: ImportProgress;
  /** Where the rows that failed are listed (CSV), if there are any. */
  readonly report?: string;
}

/** What became of imports. Durable before it answers. All throw Unavailable. */
export abstract class ImportStore {
  /** Keeps the job in place of what was known of it. */
  abstract save(job: ImportJob): Promise<void>;
  abstract get(id: string): Promise<ImportJob | undefined>;
  /** The newest first, at most 100. */
  abstract list(): Promise<readonly ImportJob[]>;
  /**
   * What is running and was not saved for `silentMs` (0 by default: whatever runs) has lost its process and becomes failed
   * (`INTERRUPTED`). Tells how many those were. A next save puts right what was only slow.
   */
  abstract interrupt(at: Instant, silentMs?: number): Promise<number>;
}
