export {
  MongoContactDirectory,
  type MongoContactDirectoryOptions,
} from './mongo-contact-directory.ts';
