import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Server } from './servers.ts';

const swcrc: object = JSON.parse(
  readFileSync(new URL('../.swcrc', import.meta.url), 'utf8'),
) as object;

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const testRegex: Readonly<Record<string, string>> = {
  unit: String.raw`(?<!\.(int|e2e|cluster))\.spec\.ts$`,
  int: String.raw`\.int\.spec\.ts$`,
  e2e: String.raw`\.e2e\.spec\.ts$`,
  // The same stories, on the distributed deployment.
  cluster: String.raw`\.(e2e|cluster)\.spec\.ts$`,
};

const timeouts: Readonly<Record<string, number>> = { int: 60_000, e2e: 120_000, cluster: 180_000 };

/**
 * One Jest configuration for every project; `TEST_KIND` (unit, int, e2e, cluster) chooses the files. `servers`: what its
 * integration suites run against.
 */
export const jestConfig = (displayName: string, servers: readonly Server[] = []) => ({
  displayName,
  ...(process.env['TEST_KIND'] === 'int' && servers.length > 0
    ? {
        globals: { servers },
        globalSetup: here('./containers.ts'),
        globalTeardown: here('./containers-end.ts'),
      }
    : {}),
  extensionsToTreatAsEsm: ['.ts'],
  testRegex: testRegex[process.env['TEST_KIND'] ?? 'unit'],
  transform: { '\\.ts$': ['@swc/jest', { ...swcrc, swcrc: false, sourceMaps: 'inline' }] },
  testEnvironmentOptions: { customExportConditions: ['@crier/source', 'node', 'node-addons'] },
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  passWithNoTests: true,
  // One cluster at a time: it has ports of its own.
  ...(process.env['TEST_KIND'] === 'cluster' ? { maxWorkers: 1 } : {}),
  testTimeout: timeouts[process.env['TEST_KIND'] ?? 'unit'] ?? 10_000,
});
