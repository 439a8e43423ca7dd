export { MongoImportStore } from './mongo-import-store.ts';
