import { freshId, whileLeased, type LeaseStore } from '@crier/kernel';
import type { AppContext } from './run-app.ts';

/** A process that is not heard of for so long is replaced by a standby. */
const LEASE_MS = 4_000;

/** What only one copy does at a time. Made anew for every turn. */
export interface Duty {
  start(): Promise<void> | void;
  stop(): Promise<void>;
}

/**
 * Does a duty whenever this copy holds its lease; the other copies stand by. Returns what ends it and gives the lease back. The
 * lease saves work, it decides nothing: what two holders write is fenced by its own guard.
 */
export const underLease = (
  name: string,
  { leases }: { readonly leases: LeaseStore },
  { clock, log, meter, fail }: AppContext,
  duty: () => Duty,
): (() => Promise<void>) => {
  const stopping = new AbortController();
  const tell = (active: 0 | 1): void => {
    meter.gauge('crier_duty_active', { duty: name }, active);
  };
  tell(0);
  const working = whileLeased(
    { leases, name, holder: freshId(), clock, ttlMs: LEASE_MS, signal: stopping.signal },
    async ({ token, signal }) => {
      log.info('lease taken', { lease: name, turn: token });
      const turn = duty();
      await turn.start();
      tell(1);
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener(
          'abort',
          () => {
            resolve();
          },
          { once: true },
        );
      });
      await turn.stop();
      tell(0);
      log.info('lease given back or lost', { lease: name, turn: token });
    },
  ).catch((error: unknown) => {
    fail(`the duty of ${name} ended`, error);
  });
  return async () => {
    stopping.abort();
    await working;
  };
};
