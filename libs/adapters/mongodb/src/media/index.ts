export { MongoMediaStore, type MongoMediaStoreOptions } from './mongo-media-store.ts';
