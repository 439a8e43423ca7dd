import { RunBroken } from './broken.ts';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, type WriteStream } from 'node:fs';
import { cp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY_WITHIN_MS = 60_000;

export const builtApp = (app: string): string => {
  const main = join(ROOT, 'apps', app, 'dist/main.js');
  if (!existsSync(main)) throw new RunBroken(`${main} is missing; build first: npm run build`);
  return main;
};

/** A copy of a built app: a build that is made meanwhile must not take it away between two starts. Gives its main file. */
export const copiedApp = async (app: string, directory: string): Promise<string> => {
  const copy = join(directory, 'apps', app);
  await cp(dirname(builtApp(app)), copy, { recursive: true });
  await writeFile(join(copy, 'package.json'), '{ "type": "module" }');
  return join(copy, 'main.js');
};

type Environment = Readonly<Record<string, string>>;

/** One built app as a process of its own, which may die and come again at the same address. */
export class App {
  readonly url: string;
  readonly #main: string;
  readonly #environment: Environment;
  readonly #log: WriteStream;
  #child: ChildProcess | undefined;
  starts = 0;

  constructor(main: string, options: { port: number; environment: Environment; log: string }) {
    this.url = `http://127.0.0.1:${options.port}`;
    this.#main = main;
    this.#environment = options.environment;
    this.#log = createWriteStream(options.log, { flags: 'a' });
  }

  get isRunning(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  get pid(): number | undefined {
    return this.isRunning ? this.#child?.pid : undefined;
  }

  /** How it ended, for people. */
  get howEnded(): string {
    return `${this.#main} ended by itself: exit ${this.#child?.exitCode ?? '-'}, signal ${this.#child?.signalCode ?? '-'}; see its log`;
  }

  spawn(): void {
    this.starts += 1;
    const child = spawn(process.execPath, [this.#main], {
      env: { PATH: process.env['PATH'] ?? '', ...this.#environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.stdout.pipe(this.#log, { end: false });
    child.stderr.pipe(this.#log, { end: false });
  }

  /** Resolves with the milliseconds it took until this path answered 200. */
  async ready(path: string): Promise<number> {
    const startedAt = performance.now();
    while (performance.now() - startedAt < READY_WITHIN_MS) {
      if (!this.isRunning) throw new RunBroken(this.howEnded);
      const answer = await fetch(this.url + path).catch(() => undefined);
      await answer?.body?.cancel();
      if (answer?.status === 200) return performance.now() - startedAt;
      await sleep(20);
    }
    throw new RunBroken(`${this.#main} was not ready within ${READY_WITHIN_MS} ms; see its log`);
  }

  /** Sends a signal to this process and no other. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(signal);
  }

  /** Ends it and waits for its end. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child || !this.isRunning) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  closeLog(): void {
    this.#log.end();
  }
}

/**
 * The lock of a process that is known to be dead. Nobody takes over a lock before it is stale, which protects from a process that
 * may still live; here that would only make each of a hundred restarts some seconds longer.
 */
export const forgetLock = (dataDirectory: string): Promise<void> =>
  rm(`${dataDirectory}.lock`, { recursive: true, force: true });
