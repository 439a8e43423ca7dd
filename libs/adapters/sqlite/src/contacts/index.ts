export {
  SqliteContactDirectory,
  type SqliteContactDirectoryOptions,
} from './sqlite-contact-directory.ts';
