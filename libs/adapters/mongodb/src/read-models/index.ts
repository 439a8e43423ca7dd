export { MongoReadModelWriter } from './mongo-read-model-writer.ts';
export { MongoReadModels, type MongoReadModelsOptions } from './mongo-read-models.ts';
