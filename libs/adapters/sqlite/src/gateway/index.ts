export { SqliteCommandLog, type KeptCommand } from './sqlite-command-log.ts';
export { SqliteTokenStore, type KeptToken } from './sqlite-token-store.ts';
