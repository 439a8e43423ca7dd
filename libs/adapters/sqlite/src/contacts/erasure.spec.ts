import { FixedClock } from '@crier/audience/testing';
import { expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteContactDirectory } from './sqlite-contact-directory.ts';

it('leaves nothing of an erased person in the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crier-erasure-'));
  const directory = new SqliteContactDirectory({
    path: join(folder, 'contacts.db'),
    clock: new FixedClock('2026-03-01T12:00:00.000Z'),
    channelOf: () => 'telegram',
  });
  const person = (name: string) => ({
    externalId: `${name}-external`,
    firstName: `${name}-first`,
    tags: ['vip'],
    variables: { phone: `${name}-phone` },
    connections: [{ botId: 'one', address: `${name}-address` }],
  });
  const [staying, leaving] = await directory.upsert([person('staying'), person('leaving')]);
  await directory.fold();
  if (!staying?.ok || !leaving?.ok) throw new Error('refused');
  await directory.erase(leaving.id);
  await directory.close();

  for (const file of await readdir(folder)) {
    const bytes = await readFile(join(folder, file));
    expect(bytes.includes('staying-phone')).toBe(true);
    expect(bytes.includes('leaving')).toBe(false);
    expect(bytes.includes(leaving.id)).toBe(false);
  }
  await rm(folder, { recursive: true });
});
