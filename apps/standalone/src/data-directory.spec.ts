import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataDirectory } from './data-directory.ts';

const wanted = { demo: true, trustHost: false, secret: undefined };
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'crier-data-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const opened = async (more: Partial<typeof wanted> = {}) => {
  const data = await openDataDirectory(join(root, 'data'), { ...wanted, ...more }, () => undefined);
  await data.release();
  return data;
};

const moveToAnotherHost = (): void => {
  const file = join(root, 'data', 'installation.json');
  const installation = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...installation, host: 'another-machine' }));
};

describe('the data directory', () => {
  it('is made at the first start, and keeps its identity and its keys', async () => {
    const first = await opened();
    const again = await opened({ demo: false });
    expect([first.fresh, again.fresh]).toEqual([true, false]);
    expect(again.installation).toEqual(first.installation);
    expect(again.keys).toEqual(first.keys);
  });

  it('keeps its secret from other users of the machine', async () => {
    const data = await opened();
    expect(statSync(data.path('secret')).mode & 0o077).toBe(0);
  });

  it('is in safe mode on another machine, until somebody says that it belongs there', async () => {
    await opened();
    moveToAnotherHost();
    expect((await opened()).safeMode).toBe(true);
    expect((await opened({ trustHost: true })).safeMode).toBe(false);
    expect((await opened()).safeMode).toBe(false);
  });
});
