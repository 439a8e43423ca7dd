import { statfs } from 'node:fs/promises';
import { dataDirectory } from '../../config.ts';
import type { Context } from '../context.ts';
import { doubtful, fine, wrong, type Finding } from './finding.ts';

const GIB = 1_024 ** 3;
const LITTLE = 2 * GIB;
const TOO_LITTLE = GIB / 4;

const isHere = (url: string): boolean =>
  ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

/** How much room the data directory has; nothing where the server is elsewhere. */
export const diskFinding = async ({ api, world }: Context): Promise<readonly Finding[]> => {
  if (!isHere(api.url)) return [];
  const directory = dataDirectory(world);
  const found = await statfs(directory).catch(() => undefined);
  if (found === undefined) return [];
  const free = found.bavail * found.bsize;
  const says = `${(free / GIB).toFixed(1)} GiB free at ${directory}`;
  if (free >= LITTLE) return [fine('disk', says)];
  const fix = 'Make room, or move the data directory (CRIER_DATA) while Crier is stopped.';
  return [free < TOO_LITTLE ? wrong('disk', says, fix) : doubtful('disk', says, fix)];
};
