import { readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

type Manifest = Readonly<Record<string, Chunk>>;

const DIST = new URL('../dist/', import.meta.url);
const MOST_BYTES = 250_000;
/** What is asked for before the table stands, though not by the entry itself. Other texts come with their pages. */
const AT_ONCE =
  /^src\/(table\/table-page|layout\/overlays|texts\/en\/(acts|common|problems|session|table|words))\./;

const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', DIST), 'utf8')) as Manifest;

/** The files of chunks and of all that they import. */
const filesOf = (keys: readonly string[], seen: Set<string>): Set<string> => {
  for (const key of keys) {
    const chunk = manifest[key];
    if (!chunk || seen.has(chunk.file)) continue;
    seen.add(chunk.file);
    filesOf(chunk.imports ?? [], seen);
  }
  return seen;
};

it('loads at most 250 kB of compressed JavaScript before the first page stands', () => {
  const first = Object.entries(manifest).filter(
    ([key, { isEntry = false }]) => isEntry || AT_ONCE.test(key),
  );
  const files = filesOf(
    first.map(([key]) => key),
    new Set(),
  );
  const scripts = [...files].filter((file) => file.endsWith('.js'));
  const bytes = scripts.map((file) => statSync(new URL(`${file}.gz`, DIST)).size);
  expect(scripts.length).toBeGreaterThan(3);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST_BYTES);
});
