export { MongoSnapshotStore } from './mongo-snapshot-store.ts';
