import { AppError } from '@crier/kernel';

/** A topic does not exist, and this bus was not told to make it: the setup step was not run. */
export class UnknownTopic extends AppError {
  readonly code = 'UNKNOWN_TOPIC';
  readonly verdict = 'park';
}

/** A topic exists, but not with the partitions that it must have. */
export class TopicMismatch extends AppError {
  readonly code = 'TOPIC_MISMATCH';
  readonly verdict = 'park';
}

/** One message is larger than its topic takes. */
export class MessageTooLarge extends AppError {
  readonly code = 'MESSAGE_TOO_LARGE';
  readonly verdict = 'park';
}

/** The broker's name of what went wrong, where the broker said it. */
export const kafkaTypeOf = (error: unknown): string | undefined => {
  const { type, cause } = (error ?? {}) as { readonly type?: unknown; readonly cause?: unknown };
  if (typeof type === 'string') return type;
  return cause === undefined ? undefined : kafkaTypeOf(cause);
};

/** What is said of a failure in a log: its name and the broker's word for it, no payload. */
export const described = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
