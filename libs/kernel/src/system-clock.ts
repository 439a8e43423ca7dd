import { setTimeout as delay } from 'node:timers/promises';
import { Clock } from './clock.ts';
import type { Instant } from './recorded.ts';

/** The machine's own clocks. */
export class SystemClock extends Clock {
  now(): Instant {
    return new Date().toISOString();
  }

  monotonicMs(): number {
    return performance.now();
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return;
    await delay(ms, undefined, signal ? { signal } : {}).catch((error: unknown) => {
      if (signal?.aborted !== true) throw error;
    });
  }
}
