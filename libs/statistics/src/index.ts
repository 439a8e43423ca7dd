export * from './application/documents.ts';
export { BadCursor, ReadModels, type Progress } from './application/read-models.ts';
