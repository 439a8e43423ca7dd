// Runs Jest of the current project for one kind of test: `node tools/jest.mjs unit|int|e2e [jest arguments]`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [kind = 'unit', ...rest] = process.argv.slice(2);
const jest = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules', '-C', '@crier/source', jest, ...rest],
  { stdio: 'inherit', env: { ...process.env, TEST_KIND: kind } },
);
process.exit(status ?? 1);
