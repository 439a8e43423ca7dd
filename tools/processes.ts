import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const CLOCK_TICKS = 100;
const app = (name: string): string =>
  fileURLToPath(new URL(`../apps/${name}/dist/main.js`, import.meta.url));

/** A port that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

/** A running app of ours, with what the operating system knows of it. */
export interface Running {
  readonly url: string;
  readonly process: ChildProcess;
  /** Largest memory so far, in MB. */
  peakMb(): number;
  /** CPU used so far by all its threads, in seconds. */
  cpuSeconds(): number;
  /** SIGTERM; resolves when it has ended. */
  stop(): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

const ready = async (url: string, child: ChildProcess): Promise<void> => {
  for (let tries = 0; tries < 1_200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}`);
    const ok = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) return;
    await delay(50);
  }
  throw new Error(`${url} did not become ready within a minute`);
};

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
};

const running = (url: string, child: ChildProcess): Running => {
  const pid = child.pid ?? 0;
  return {
    url,
    process: child,
    peakMb: () => {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
    },
    cpuSeconds: () => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
    },
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  };
};

const start = (
  name: string,
  env: Record<string, string>,
  flags: readonly string[],
  log?: string,
): ChildProcess =>
  spawn(process.execPath, [...flags, app(name)], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'ignore', log === undefined ? 'inherit' : openSync(log, 'a')],
  });

export const startSandbox = async (): Promise<Running> => {
  const port = await freePort();
  const child = start(
    'sandbox',
    { CRIER_SANDBOX_PORT: String(port), CRIER_SANDBOX_ACCEPT_ANY: 'true' },
    [],
  );
  const url = `http://127.0.0.1:${port}`;
  await ready(`${url}/health/live`, child);
  return running(url, child);
};

export interface StandaloneOptions {
  /** A free one where absent. */
  readonly port?: number;
  /** Flags for node. */
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A file for its log, instead of this process's own. */
  readonly log?: string;
}

/** The standalone as `npm start` runs it, on a data directory, without the demo. */
export const startStandalone = async (
  data: string,
  token: string,
  options: StandaloneOptions = {},
): Promise<Running> => {
  const port = options.port ?? (await freePort());
  const env = {
    CRIER_PORT: String(port),
    CRIER_DATA: data,
    CRIER_DEMO: 'off',
    CRIER_ADMIN_TOKEN: token,
    CRIER_LOG_LEVEL: 'error',
    ...options.env,
  };
  const child = start('standalone', env, options.flags ?? [], options.log);
  const url = `http://127.0.0.1:${port}`;
  await ready(`${url}/health/ready`, child);
  return running(url, child);
};
