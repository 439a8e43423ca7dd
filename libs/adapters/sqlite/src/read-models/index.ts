export { SqliteReadModelWriter } from './sqlite-read-model-writer.ts';
export {
  openReadModelsTogether,
  SqliteReadModels,
  type SqliteReadModelsOptions,
} from './sqlite-read-models.ts';
export { ProjectorThread, type ProjectorThreadOptions } from './projector-thread.ts';
