export { Clock } from './clock.ts';
export { commandHandler, type Handled, type Order } from './command-handler.ts';
export { accept, reject, type Decider, type Decision, type Of } from './decider.ts';
export {
  AppError,
  AppendOutcomeUnknown,
  AppendTooLarge,
  ConcurrencyConflict,
  IllegalHistory,
  Unavailable,
  UnknownSchemaVersion,
  unreachable,
  type Verdict,
} from './errors.ts';
export {
  EventStore,
  MAX_APPEND_BYTES,
  type Appended,
  type ReadOptions,
  type SubscribeOptions,
  type SubscriptionBatch,
} from './event-store.ts';
export { derivedId, freshId, opaqueId } from './ids.ts';
export type { Json, JsonSafe } from './json.ts';
export {
  LeaseStore,
  whileLeased,
  type Lease,
  type LeaseOptions,
  type LeasedWork,
} from './leases.ts';
export { Log, SilentLog, type Fields } from './log.ts';
export {
  MessageBus,
  TRACE_HEADER,
  tracedBy,
  type BatchHandler,
  type IncomingMessage,
  type LogOptions,
  type OutgoingMessage,
  type OwnershipOptions,
  type Subscription,
  type TailOptions,
} from './message-bus.ts';
export { Meter, SilentMeter, type Labels } from './meter.ts';
export type { Handlers, Projection } from './projection.ts';
export {
  NO_STREAM,
  comparePositions,
  type Actor,
  type Instant,
  type Metadata,
  type NewEvent,
  type Position,
  type Recorded,
  type Revision,
  type StoredEvent,
} from './recorded.ts';
export { SnapshotStore, type Snapshot } from './snapshot-store.ts';
export { SystemClock } from './system-clock.ts';
export { upcaster, type Step, type Steps } from './upcaster.ts';
