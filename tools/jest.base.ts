import { readFileSync } from 'node:fs';

const swcrc: object = JSON.parse(
  readFileSync(new URL('../.swcrc', import.meta.url), 'utf8'),
) as object;

const testRegex: Readonly<Record<string, string>> = {
  unit: String.raw`(?<!\.(int|e2e))\.spec\.ts$`,
  int: String.raw`\.int\.spec\.ts$`,
  e2e: String.raw`\.e2e\.spec\.ts$`,
};

const timeouts: Readonly<Record<string, number>> = { int: 60_000, e2e: 120_000 };

/** One Jest configuration for every project; `TEST_KIND` (unit, int, e2e) chooses the files. */
export const jestConfig = (displayName: string) => ({
  displayName,
  extensionsToTreatAsEsm: ['.ts'],
  testRegex: testRegex[process.env['TEST_KIND'] ?? 'unit'],
  transform: { '\\.ts$': ['@swc/jest', { ...swcrc, swcrc: false, sourceMaps: 'inline' }] },
  testEnvironmentOptions: { customExportConditions: ['@crier/source', 'node', 'node-addons'] },
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  passWithNoTests: true,
  testTimeout: timeouts[process.env['TEST_KIND'] ?? 'unit'] ?? 10_000,
});
