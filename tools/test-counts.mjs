// Adds up what Jest and Vitest reported (reports/jest/*.json) and says it in one line; fails when nothing ran or something failed.
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../reports/jest/', import.meta.url);
const reports = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
const sum = (field) => reports.reduce((total, report) => total + (report[field] ?? 0), 0);
/** A suite that could not even start has no failed test. */
const broken = reports.filter((r) => !r.success && r.numFailedTests === 0).length;
const passed = sum('numPassedTests');
const failed = sum('numFailedTests') + broken;

console.log(`${passed} passed, ${failed} failed, ${sum('numPendingTests')} skipped`);
process.exit(passed > 0 && failed === 0 ? 0 : 1);
