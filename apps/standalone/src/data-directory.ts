import { AppError, freshId } from '@crier/kernel';
import { keysOf, type Keys } from '@crier/platform';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { lock } from 'proper-lockfile';

/** Another process works on this data directory. */
export class DataDirectoryInUse extends AppError {
  readonly code = 'DATA_DIRECTORY_IN_USE';
  readonly verdict = 'park';
}

interface Installation {
  /** Names this data for ever. */
  readonly id: string;
  /** The machine it belongs to. */
  readonly host: string;
  readonly demo: boolean;
}

export interface DataDirectory {
  readonly path: (name: string) => string;
  readonly installation: Installation;
  /** Nothing was here before. */
  readonly fresh: boolean;
  /** The data comes from another machine, and nobody said that this is right: nothing is sent (P9). */
  readonly safeMode: boolean;
  readonly keys: Keys;
  release(): Promise<void>;
}

/** A lock is given up when its owner has not renewed it for so long: a killed process blocks the next for no longer. */
const STALE_MS = 5_000;
const LOCK_RETRIES = { retries: 8, minTimeout: 250, maxTimeout: 1_000 };

const writeWhole = async (file: string, content: string): Promise<void> => {
  await writeFile(`${file}.new`, content, { mode: 0o600 });
  await rename(`${file}.new`, file);
};

const installationOf = async (
  file: string,
  wanted: { readonly demo: boolean; readonly trustHost: boolean },
): Promise<{ installation: Installation; fresh: boolean; safeMode: boolean }> => {
  const host = hostname();
  if (!existsSync(file)) {
    const installation = { id: freshId(), host, demo: wanted.demo };
    await writeWhole(file, JSON.stringify(installation, null, 2));
    return { installation, fresh: true, safeMode: false };
  }
  const known = JSON.parse(await readFile(file, 'utf8')) as Installation;
  if (known.host === host) return { installation: known, fresh: false, safeMode: false };
  if (!wanted.trustHost) return { installation: known, fresh: false, safeMode: true };
  const moved = { ...known, host };
  await writeWhole(file, JSON.stringify(moved, null, 2));
  return { installation: moved, fresh: false, safeMode: false };
};

const secretOf = async (file: string, given: string | undefined): Promise<string> => {
  if (given !== undefined) return given;
  if (!existsSync(file)) await writeWhole(file, randomBytes(32).toString('base64url'));
  return readFile(file, 'utf8');
};

/** Takes the data directory for this process alone; `onLost` hears when it was taken away, and has to end the process. @throws DataDirectoryInUse */
export const openDataDirectory = async (
  directory: string,
  wanted: {
    readonly demo: boolean;
    readonly trustHost: boolean;
    readonly secret: string | undefined;
  },
  onLost: (error: Error) => void,
): Promise<DataDirectory> => {
  const root = resolve(directory);
  await mkdir(root, { recursive: true, mode: 0o700 });
  const release = await lock(root, {
    stale: STALE_MS,
    update: STALE_MS / 2,
    retries: LOCK_RETRIES,
    realpath: false,
    onCompromised: onLost,
  }).catch((error: unknown) => {
    throw new DataDirectoryInUse(
      `Another Crier works on ${root}. Stop it, or set CRIER_DATA to another directory.`,
      { root },
      error,
    );
  });
  const path = (name: string): string => join(root, name);
  const { installation, fresh, safeMode } = await installationOf(path('installation.json'), wanted);
  const secret = await secretOf(path('secret'), wanted.secret);
  const keys = keysOf(secret);
  return { path, installation, fresh, safeMode, keys, release };
};
