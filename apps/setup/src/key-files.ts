import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface KeyFiles {
  readonly secret: string;
  readonly adminToken: string;
}

const random = (): string => randomBytes(32).toString('base64url');

/** The file's content, or what `make` gives, kept for ever. */
const kept = async (file: string, make: () => string): Promise<string> => {
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  const made = make();
  await writeFile(`${file}.new`, made, { mode: 0o640 });
  await rename(`${file}.new`, file);
  return made;
};

/** The secret and the first admin token in `directory`: what was given, else what is there, else new ones. */
export const keyFiles = async (
  directory: string,
  given: { readonly secret: string | undefined; readonly adminToken: string | undefined },
): Promise<KeyFiles> => {
  await mkdir(directory, { recursive: true, mode: 0o750 });
  return {
    secret: given.secret ?? (await kept(join(directory, 'secret'), random)),
    adminToken:
      given.adminToken ?? (await kept(join(directory, 'admin-token'), () => `crier_${random()}`)),
  };
};
