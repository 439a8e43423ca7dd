export { SecretUnreadable } from '@crier/audience';
export { SqliteBotRegistry, type SqliteBotRegistryOptions } from './sqlite-bot-registry.ts';
