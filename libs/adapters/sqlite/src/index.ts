export { SecretUnreadable, SqliteBotRegistry } from './bots/index.ts';
export {
  SqliteContactDirectory,
  SqliteImportStore,
  WorkerContactDirectory,
} from './contacts/index.ts';
export { type EventWriting } from './events/event-store-parts.ts';
export { SqliteEventStore, type SqliteEventStoreOptions } from './events/sqlite-event-store.ts';
export { type MessageWriting } from './messages/message-bus-parts.ts';
export { SqliteMessageBus, type SqliteMessageBusOptions } from './messages/sqlite-message-bus.ts';
export { SqliteSnapshotStore } from './snapshots/sqlite-snapshot-store.ts';
export { FileMediaStore } from './media/index.ts';
export { SqliteCommandLog, SqliteTokenStore } from './gateway/index.ts';
export { ProjectorThread, SqliteReadModels, SqliteReadModelWriter } from './read-models/index.ts';
