import { describe, it } from '@jest/globals';
import { ADDRESSES, type Server } from './servers.ts';

/**
 * Runs a suite against a real server, or says by name that it is skipped. With `REQUIRE_INTEGRATION=1` a server that is
 * missing is a failure.
 */
export const withServer = (server: Server, suite: (address: string) => void): void => {
  const variable = ADDRESSES[server];
  const address = process.env[variable];
  if (address) suite(address);
  else if (process.env['REQUIRE_INTEGRATION'] === '1')
    it(`${server} is there`, () => {
      throw new Error(`REQUIRE_INTEGRATION=1, but ${variable} is not set and no container runs`);
    });
  else
    describe.skip(`${server}: no ${variable}, and no container engine`, () =>
      it('is skipped', () => undefined));
};
