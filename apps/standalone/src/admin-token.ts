import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { DataDirectory } from './data-directory.ts';

/**
 * The token of the one who runs this process: as configured, or made at the first start. Left in the data directory, readable by
 * its owner only, so that the terminal client on this machine finds it.
 */
export const adminTokenOf = async (
  data: DataDirectory,
  configured: string | undefined,
): Promise<string> => {
  const file = data.path('admin-token');
  if (configured === undefined && existsSync(file)) return readFile(file, 'utf8');
  const token = configured ?? `crier_${randomBytes(32).toString('base64url')}`;
  await writeFile(file, token, { mode: 0o600 });
  return token;
};
