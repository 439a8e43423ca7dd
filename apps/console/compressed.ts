import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const WORTH_IT = /\.(js|css|svg)$/;
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

const compress = async (file: string): Promise<void> => {
  const bytes = await readFile(file);
  await writeFile(`${file}.br`, await brotli(bytes));
  await writeFile(`${file}.gz`, await zip(bytes, { level: 9 }));
};

/** Lays compressed forms beside the built assets, so that nobody compresses them while serving. */
export const compressed = (): Plugin => ({
  name: 'crier:compressed',
  apply: 'build',
  writeBundle: async ({ dir = 'dist' }) => {
    const assets = join(dir, 'assets');
    const names = (await readdir(assets)).filter((name) => WORTH_IT.test(name));
    await Promise.all(names.map((name) => compress(join(assets, name))));
  },
});
