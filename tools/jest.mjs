// Runs Jest of the current project for one kind of test: `node tools/jest.mjs unit|int|e2e|cluster [jest arguments]`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [kind = 'unit', ...rest] = process.argv.slice(2);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { name } = JSON.parse(readFileSync('package.json', 'utf8'));
const report = here(`../reports/jest/${name.replace('@crier/', '')}.${kind}.json`);
mkdirSync(here('../reports/jest'), { recursive: true });
const { status } = spawnSync(
  process.execPath,
  [
    '--disable-warning=ExperimentalWarning',
    '--experimental-vm-modules',
    '-C',
    '@crier/source',
    here('../node_modules/jest/bin/jest.js'),
    ...(rest.length > 0 ? rest : ['--json', `--outputFile=${report}`]),
  ],
  {
    stdio: ['inherit', rest.length > 0 ? 'inherit' : 'ignore', 'inherit'],
    env: { ...process.env, TEST_KIND: kind },
  },
);
process.exit(status ?? 1);
