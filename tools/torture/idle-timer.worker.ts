import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';
import type { Lateness } from './idle-timer.ts';

const NS_PER_MS = 1e6;
const EVERY_MS = 5;
const idle = monitorEventLoopDelay({ resolution: EVERY_MS });
// What it measures is the time between two looks.
const late = (ns: number): number => Math.max(0, ns / NS_PER_MS - EVERY_MS);
idle.enable();
parentPort?.once('message', () => {
  idle.disable();
  parentPort?.postMessage({
    p99: late(idle.percentile(99)),
    most: late(idle.max),
  } satisfies Lateness);
});
