export { MongoLeaseStore } from './mongo-lease-store.ts';
