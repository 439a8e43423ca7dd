import { ErrorType } from '@eventstore/db-client';
import {
  AppendOutcomeUnknown,
  AppendTooLarge,
  ConcurrencyConflict,
  Unavailable,
} from '@crier/kernel';

/** The client's errors carry a `type`, raw ones of gRPC a `code`; either may be missing. */
const fieldOf = (error: unknown, field: 'type' | 'code' | 'message'): unknown =>
  typeof error === 'object' && error !== null
    ? (error as Record<string, unknown>)[field]
    : undefined;

/** gRPC's own status numbers. */
const GRPC = {
  cancelled: 1,
  deadlineExceeded: 4,
  permissionDenied: 7,
  unavailable: 14,
  unauthenticated: 16,
} as const;

/** No connection came about, so nothing was sent. Everything else that failed on the way may have arrived. */
const NEVER_SENT =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|No connection established|Name resolution failed/;

const isAccess = (error: unknown): boolean =>
  fieldOf(error, 'type') === ErrorType.ACCESS_DENIED ||
  fieldOf(error, 'code') === GRPC.permissionDenied ||
  fieldOf(error, 'code') === GRPC.unauthenticated;

export const isStreamMissing = (error: unknown): boolean =>
  fieldOf(error, 'type') === ErrorType.STREAM_NOT_FOUND;

/** What an append's failure means to its caller. Only a refusal that the server spoke itself is certain. */
export const appendErrorOf = (error: unknown, stream: string, expected: number): Error => {
  const type = fieldOf(error, 'type');
  if (type === ErrorType.WRONG_EXPECTED_VERSION)
    return new ConcurrencyConflict('Another writer was first', { stream, expected });
  if (type === ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED)
    return new AppendTooLarge('The event store takes no append of this size', { stream });
  if (isAccess(error))
    return new Unavailable('The event store refuses the credentials', { stream }, error);
  if (
    fieldOf(error, 'code') === GRPC.unavailable &&
    NEVER_SENT.test(String(fieldOf(error, 'message')))
  )
    return new Unavailable('The event store is not reachable', { stream }, error);
  return new AppendOutcomeUnknown(
    'The answer of the event store was lost',
    { stream, expected },
    error,
  );
};

/** What a read's failure means: it can be asked again. */
export const readErrorOf = (error: unknown): Error =>
  isAccess(error)
    ? new Unavailable('The event store refuses the credentials', {}, error)
    : new Unavailable('The event store is not reachable', {}, error);
