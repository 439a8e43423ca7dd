import type { Bot } from '@crier/audience';
import { describeBotRegistry } from '@crier/audience/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SqliteBotRegistry } from './sqlite-bot-registry.ts';

const bot = (id: string): Bot => ({
  id,
  channel: 'telegram',
  name: 'Shop',
  credentials: { token: '123456:VERY-SECRET-TOKEN' },
  rate: 25,
});

describeBotRegistry('SQLite', () => {
  const port = new SqliteBotRegistry({ path: ':memory:', key: randomBytes(32) });
  return Promise.resolve({ port, close: () => port.close() });
});

describe('SqliteBotRegistry: secrets', () => {
  const key = randomBytes(32);
  let folder: string;
  let path: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crier-bots-'));
    path = join(folder, 'bots.db');
    const registry = new SqliteBotRegistry({ path, key });
    await registry.put(bot('a'));
    await registry.put(bot('b'));
    await registry.close();
  });
  afterAll(() => rm(folder, { recursive: true }));

  const opened = (with_: Uint8Array = key) => new SqliteBotRegistry({ path, key: with_ });

  it('leaves no trace of a token on the disk', async () => {
    const registry = opened();
    await registry.put(bot('a'));
    const files = await readdir(folder);
    expect(files).toContain('bots.db-wal');
    for (const file of files) {
      const bytes = await readFile(join(folder, file));
      expect(bytes.includes('VERY-SECRET')).toBe(false);
    }
    await registry.close();
  });

  it('reads back with the same key, and refuses another', async () => {
    const registry = opened();
    await expect(registry.get('a')).resolves.toEqual(bot('a'));
    expect(registry.channelOf('a')).toBe('telegram');
    await registry.close();
    const stranger = opened(randomBytes(32));
    await expect(stranger.list()).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' });
    await stranger.close();
  });

  it('refuses a key of another length', () => {
    expect(() => opened(randomBytes(16))).toThrow('32 bytes');
  });

  it('refuses credentials that were moved to another bot', async () => {
    const raw = new DatabaseSync(path);
    const before = raw.prepare("SELECT credentials FROM bot WHERE id = 'b'").get();
    const moveTo = "UPDATE bot SET credentials = (SELECT credentials FROM bot WHERE id = 'a')";
    raw.exec(`${moveTo} WHERE id = 'b'`);
    const registry = opened();
    await expect(registry.list()).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' });
    raw
      .prepare("UPDATE bot SET credentials = ? WHERE id = 'b'")
      .run((before as { credentials: Uint8Array }).credentials);
    await expect(registry.list()).resolves.toHaveLength(2);
    await registry.close();
    raw.close();
  });

  it('sees at once what another connection has put', async () => {
    const [one, two] = [opened(), opened()];
    await one.list();
    await two.put({ ...bot('a'), rate: 7 });
    await expect(one.get('a')).resolves.toMatchObject({ rate: 7 });
    await one.close();
    await two.close();
  });
});
