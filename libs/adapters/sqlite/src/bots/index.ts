export { SecretUnreadable } from './sealed.ts';
export { SqliteBotRegistry, type SqliteBotRegistryOptions } from './sqlite-bot-registry.ts';
