import { GenerationTables } from '../application/read-model-writer.ts';

/** A generation in which nothing was ever stored: for folds that keep everything at hand. */
export class EmptyGeneration extends GenerationTables {
  mailing(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
  hour(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
  lane(): Promise<readonly []> {
    return Promise.resolve([]);
  }
  pages(): Promise<readonly []> {
    return Promise.resolve([]);
  }
  commit(): Promise<boolean> {
    return Promise.resolve(false);
  }
}
