import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync, type WriteStream } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const READY_WITHIN_MS = 60_000;
const CLOCK_TICKS = 100;
const AGAIN_AFTER_MS = 300;

export interface AppProcessOptions {
  readonly name: string;
  /** The built main file. */
  readonly main: string;
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
  readonly flags?: readonly string[];
  /** Started again whenever it ends without being told to. */
  readonly supervised: boolean;
}

/** One copy of an app as a process of its own. */
export class AppProcess {
  #options: AppProcessOptions;
  readonly #log: WriteStream;
  #child: ChildProcess | undefined;
  #url: string | undefined;
  #wanted = false;
  #cpuBefore = 0;
  starts = 0;

  constructor(options: AppProcessOptions) {
    this.#options = options;
    this.#log = createWriteStream(options.log, { flags: 'a' });
  }

  get name(): string {
    return this.#options.name;
  }

  get isRunning(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  get pid(): number | undefined {
    return this.isRunning ? this.#child?.pid : undefined;
  }

  /** Where it serves, as soon as it does. */
  get url(): string | undefined {
    return this.isRunning ? this.#url : undefined;
  }

  start(): void {
    this.#wanted = true;
    this.starts += 1;
    this.#url = undefined;
    const { main, env, flags = [], supervised } = this.#options;
    const child = spawn(process.execPath, [...flags, main], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.stdout.on('data', (chunk: Buffer) => {
      const url = / is ready at (\S+)/.exec(chunk.toString())?.[1];
      if (url !== undefined) this.#url = url;
    });
    child.stdout.pipe(this.#log, { end: false });
    child.stderr.pipe(this.#log, { end: false });
    child.on('exit', () => {
      if (!supervised) return;
      setTimeout(() => {
        if (this.#wanted && !this.isRunning) this.start();
      }, AGAIN_AFTER_MS);
    });
  }

  /** From its next start on it is so. */
  exchange(change: Partial<Pick<AppProcessOptions, 'main' | 'flags'>>): void {
    this.#options = { ...this.#options, ...change };
  }

  async ready(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (this.url === undefined) {
      if (Date.now() > deadline) throw new Error(`${this.name} was not ready within a minute`);
      if (!this.isRunning && !this.#options.supervised)
        throw new Error(`${this.name} ended; see ${this.#options.log}`);
      await delay(20);
    }
  }

  /** Resolves with how it ended. */
  async ended(): Promise<number | null> {
    if (this.#child && this.isRunning) await once(this.#child, 'exit');
    return this.#child?.exitCode ?? null;
  }

  /** Largest memory of this process so far, in MB. */
  peakMb(): number {
    const status = this.#proc('status');
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
  }

  /** CPU used so far, former processes included, in seconds. */
  cpuSeconds(): number {
    const fields = this.#proc('stat')
      .replace(/^.*\) /, '')
      .split(' ');
    return this.#cpuBefore + (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / CLOCK_TICKS;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** SIGKILL; comes again if it is supervised. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** SIGTERM; stays away. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.#wanted = false;
    await this.#end(signal);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || !this.isRunning) return;
    this.#cpuBefore = this.cpuSeconds();
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  #proc(file: 'status' | 'stat'): string {
    try {
      return readFileSync(`/proc/${this.#child?.pid ?? 0}/${file}`, 'utf8');
    } catch {
      return '';
    }
  }
}
