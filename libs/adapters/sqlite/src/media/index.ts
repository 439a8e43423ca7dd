export { FileMediaStore, type FileMediaStoreOptions } from './file-media-store.ts';
