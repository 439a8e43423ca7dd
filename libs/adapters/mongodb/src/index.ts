export {
  MongoAddressInvalid,
  openMongo,
  REBUILDABLE,
  TRUTH,
  type MongoConnection,
  type MongoOptions,
} from './connection.ts';
export { MongoBotRegistry, type MongoBotRegistryOptions } from './bots/index.ts';
export { MongoContactDirectory, type MongoContactDirectoryOptions } from './contacts/index.ts';
export { MongoImportStore } from './imports/index.ts';
export { MongoMediaStore, type MongoMediaStoreOptions } from './media/index.ts';
export {
  MongoCommandLog,
  MongoTokenStore,
  type KeptCommand,
  type KeptToken,
} from './gateway/index.ts';
export { MongoLeaseStore } from './leases/index.ts';
export {
  MongoReadModels,
  MongoReadModelWriter,
  type MongoReadModelsOptions,
} from './read-models/index.ts';
export { MongoSnapshotStore } from './snapshots/index.ts';
