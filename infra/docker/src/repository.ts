import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Where a file of the repository lies. */
export const pathOf = (file: string): string => join(ROOT, file);
export const textOf = (file: string): string => readFileSync(pathOf(file), 'utf8');
export const isThere = (file: string): boolean => existsSync(pathOf(file));
