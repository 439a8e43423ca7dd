export { MongoBotRegistry, type MongoBotRegistryOptions } from './mongo-bot-registry.ts';
