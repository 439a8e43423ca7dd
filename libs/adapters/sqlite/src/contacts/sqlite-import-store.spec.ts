import { describeImportStore } from '@crier/audience/testing';
import { SqliteImportStore } from './sqlite-import-store.ts';

describeImportStore('SQLite', () => {
  const port = new SqliteImportStore({ path: ':memory:' });
  return Promise.resolve({ port, close: () => port.close() });
});
