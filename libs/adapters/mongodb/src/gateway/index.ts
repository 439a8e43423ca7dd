export { MongoCommandLog, type KeptCommand } from './mongo-command-log.ts';
export { MongoTokenStore, type KeptToken } from './mongo-token-store.ts';
