import { describe, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';

const isThere = (program: string): boolean =>
  spawnSync(program, [program === 'openssl' ? 'version' : '-version'], { stdio: 'ignore' })
    .error === undefined;

/**
 * Runs a suite that starts programs of this machine, or says by name that it is skipped. With `REQUIRE_INTEGRATION=1` a program
 * that is missing is a failure.
 */
export const withPrograms = (programs: readonly string[], suite: () => void): void => {
  const missing = programs.filter((program) => !isThere(program)).join(', ');
  if (missing === '') suite();
  else if (process.env['REQUIRE_INTEGRATION'] === '1')
    it(`${missing} can be run`, () => {
      throw new Error(`REQUIRE_INTEGRATION=1, but there is no ${missing}`);
    });
  else describe.skip(`without ${missing}`, () => it('is skipped', () => undefined));
};
