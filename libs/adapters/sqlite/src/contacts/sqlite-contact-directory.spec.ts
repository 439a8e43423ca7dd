import { describeContactDirectory, FixedClock } from '@crier/audience/testing';
import { SqliteContactDirectory } from './sqlite-contact-directory.ts';

const inMemory = (adapter: string, options: { readonly segmentContacts?: number }): void => {
  describeContactDirectory(adapter, ({ channelOf, now }) => {
    const port = new SqliteContactDirectory({
      path: ':memory:',
      clock: new FixedClock(now),
      channelOf,
      ...options,
    });
    return Promise.resolve({ port, close: () => port.close(), settle: () => port.fold() });
  });
};

inMemory('SQLite in memory', {});
inMemory('SQLite in memory, many small segments', { segmentContacts: 50 });
