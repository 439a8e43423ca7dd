// `npm run test:integration`: the suites that need servers, against servers of their own, then the console's story in a
// browser and the end-to-end stories on a cluster.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allDown, allUp, localInfra, testEnvironment } from '@crier/local-infra';

/** Ports beside the usual ones. */
const PORT_OFFSET = 300;

const run = (targets: readonly string[], env: Readonly<Record<string, string>>): number =>
  spawnSync('nx', ['run-many', '-t', ...targets, '--output-style=static', '--parallel=1'], {
    stdio: 'inherit',
    env: { ...process.env, ...env, REQUIRE_INTEGRATION: '1' },
  }).status ?? 1;

const root = mkdtempSync(join(tmpdir(), 'crier-integration-'));
const infra = localInfra(root, PORT_OFFSET);
let status = run(['build'], {});
if (status !== 0) process.exit(status);
try {
  await allUp(infra);
  status = run(['test-int'], testEnvironment(infra));
} finally {
  await allDown(infra);
  rmSync(root, { recursive: true, force: true });
}
if (run(['test-browser', 'test-cluster'], {}) !== 0) status = 1;
process.exit(status);
