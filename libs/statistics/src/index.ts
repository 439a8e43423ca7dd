export * from './application/documents.ts';
export { ProjectorStopped, RebuildRunning, UnknownEventType } from './application/errors.ts';
export { type Fault } from './application/faults.ts';
export { type ProjectorDeps, type RunStatus } from './application/generation-run.ts';
export { Projector, READ_MODEL_VERSION, type ProjectorStatus } from './application/projector.ts';
export { ReadModelFold } from './application/read-model-fold.ts';
export {
  GenerationTables,
  ReadModelWriter,
  type Changes,
  type ChangedPage,
  type FrozenAudience,
  type Generation,
  type LaneBatch,
  type PagePlace,
  type PlannedBatch,
  type Step,
} from './application/read-model-writer.ts';
export { BadCursor, ReadModels, type Progress } from './application/read-models.ts';
export { packPage, unpackPage, type PackedPage } from './domain/page-codec.ts';
export { type Mailing } from './domain/mailing.ts';
export { asReported, reportOf, rowOf, type Reporting } from './domain/presenting.ts';
export { RecipientPage, type PlaceState } from './domain/recipient-page.ts';
export { type TimelineHour } from './domain/timeline.ts';
export { verify, type Verified } from './application/verify.ts';
export { cursorOf, keyOf, numbersOf } from './application/cursors.ts';
export { contactAt, packContacts, slotOf, type PackedContacts } from './domain/packed-contacts.ts';
export { doersIn, firstDayOf } from './domain/doers.ts';
export { recipientRow, type ShownLane } from './domain/recipient-row.ts';
export { foldedName, sortValues, statusCode } from './domain/sorting.ts';
