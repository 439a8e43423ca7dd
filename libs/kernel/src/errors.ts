/** `retry`: the same call may succeed later. `park`: it will not; somebody must look. */
export type Verdict = 'retry' | 'park';

/** Base of every error thrown on purpose. `code` is stable API; `message` is for people. */
export abstract class AppError extends Error {
  abstract readonly code: string;
  abstract readonly verdict: Verdict;
  readonly context: Readonly<Record<string, unknown>>;

  constructor(message: string, context: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, { cause });
    this.name = new.target.name;
    this.context = context;
  }
}

/** Another writer appended to the stream first. Nothing was written. */
export class ConcurrencyConflict extends AppError {
  readonly code = 'CONCURRENCY_CONFLICT';
  readonly verdict = 'retry';
}

/** The answer to an append was lost: it may or may not have been written. Repeat it word for word. */
export class AppendOutcomeUnknown extends AppError {
  readonly code = 'APPEND_OUTCOME_UNKNOWN';
  readonly verdict = 'retry';
}

/** One append was larger than {@link MAX_APPEND_BYTES}. Nothing was written. */
export class AppendTooLarge extends AppError {
  readonly code = 'APPEND_TOO_LARGE';
  readonly verdict = 'park';
}

/** A store, the bus or a remote service is not reachable now. */
export class Unavailable extends AppError {
  readonly code = 'UNAVAILABLE';
  readonly verdict = 'retry';
}

/** A stored event of a version this release cannot read. */
export class UnknownSchemaVersion extends AppError {
  readonly code = 'UNKNOWN_SCHEMA_VERSION';
  readonly verdict = 'park';
}

/** A stored event that no rule allows where it stands: the reader stops and says so. */
export class IllegalHistory extends AppError {
  readonly code = 'ILLEGAL_HISTORY';
  readonly verdict = 'park';
}

/** Marks a switch that covers every case: a new case is a compile error here. */
export const unreachable = (value: never): never => {
  // A bug, not a condition: nothing may catch it and go on.
  // eslint-disable-next-line no-restricted-syntax
  throw new Error(`Unreachable: ${JSON.stringify(value)}`);
};
