export {
  SqliteContactDirectory,
  type SqliteContactDirectoryOptions,
} from './sqlite-contact-directory.ts';
export { SqliteImportStore } from './sqlite-import-store.ts';
export {
  WorkerContactDirectory,
  type WorkerContactDirectoryOptions,
} from './worker-contact-directory.ts';
