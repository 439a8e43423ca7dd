const NAMES: ReadonlySet<string> = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoServerClosedError',
  'MongoClientClosedError',
  'MongoOperationTimeoutError',
  'MongoStalePrimaryError',
  'MongoExpiredSessionError',
  'MongoWriteConcernError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'PoolClearedOnNetworkError',
  'MongoWaitQueueTimeoutError',
]);

/** The server's own words for "not now": no primary, shutting down, too slow, write not yet on enough members. */
const CODES: ReadonlySet<unknown> = new Set([
  6, // HostUnreachable
  7, // HostNotFound
  13, // Unauthorized: rights are given while apps wait, as passwords are
  18, // AuthenticationFailed
  43, // CursorNotFound: it was on a member that is gone
  50, // MaxTimeMSExpired
  64, // WriteConcernFailed
  89, // NetworkTimeout
  91, // ShutdownInProgress
  100, // UnsatisfiableWriteConcern
  133, // FailedToSatisfyReadPreference
  134, // ReadConcernMajorityNotAvailableYet
  189, // PrimarySteppedDown
  262, // ExceededTimeLimit
  9001, // SocketException
  10058, // LegacyNotPrimary
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11601, // Interrupted
  11602, // InterruptedDueToReplStateChange
  13388, // StaleConfig
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
]);

const RETRYABLE = ['RetryableWriteError', 'RetryableError'];

/** A foreign error's field; `instanceof` would miss errors of another realm or copy of the driver. */
const fieldOf = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null
    ? (error as Readonly<Record<string, unknown>>)[name]
    : undefined;

/** What a batch failed of, or what the driver says was behind it. */
const behind = (error: unknown): readonly unknown[] =>
  [fieldOf(error, 'errorResponse'), fieldOf(error, 'cause')].filter(
    (inner) => typeof inner === 'object' && inner !== null && inner !== error,
  );

/** Whether an error of the driver tells that the server cannot do now what it may do later. */
export const isOutOfReach = (error: unknown): boolean => {
  const name = fieldOf(error, 'name');
  const labels = fieldOf(error, 'errorLabelSet');
  return (
    (typeof name === 'string' && NAMES.has(name)) ||
    CODES.has(fieldOf(error, 'code')) ||
    (labels instanceof Set && RETRYABLE.some((label) => labels.has(label))) ||
    behind(error).some(isOutOfReach)
  );
};
