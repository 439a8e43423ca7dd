import { SqliteCommandLog, SqliteTokenStore } from '@crier/adapter-sqlite';
import { describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueToken } from '../access/tokens.ts';
import { describeCommandLog } from '../testing/command-log.suite.ts';
import { describeTokenStore } from '../testing/token-store.suite.ts';
import { SystemClock } from '@crier/kernel';
import type { Role } from './token-store.ts';

const opened = <Port extends { close(): Promise<void> }>(port: Port) =>
  Promise.resolve({ port, close: () => port.close() });

describeTokenStore('SQLite', () => opened(new SqliteTokenStore<Role>({ path: ':memory:' })));
describeCommandLog('SQLite', () => opened(new SqliteCommandLog({ path: ':memory:' })));

describe("the gateway's file", () => {
  it('never holds a token, and keeps what it holds', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gateway-file-'));
    const path = join(folder, 'gateway.db');
    const store = new SqliteTokenStore<Role>({ path });
    const { token, record } = await issueToken(store, new SystemClock(), {
      name: 'a',
      role: 'admin',
    });
    await store.close();
    expect((await readFile(path)).includes(token)).toBe(false);
    const again = new SqliteTokenStore<Role>({ path });
    expect(await again.list()).toEqual([record]);
    await again.close();
    await rm(folder, { recursive: true });
  });
});
