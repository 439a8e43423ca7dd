import { Unavailable } from '@crier/kernel';
import { spawn } from 'node:child_process';
import { openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerName, ServerRecipe } from './servers.ts';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 100;

/** One server as a process of its own that outlives this one; its number is kept in a file. */
export class LocalServer {
  readonly #recipe: ServerRecipe;
  readonly #pidFile: string;
  readonly #logFile: string;

  constructor(root: string, recipe: ServerRecipe) {
    this.#recipe = recipe;
    this.#pidFile = join(root, recipe.name, 'pid');
    this.#logFile = join(root, recipe.name, 'server.log');
  }

  get name(): ServerName {
    return this.#recipe.name;
  }

  get address(): string {
    return this.#recipe.address;
  }

  /** Its process, while it runs. */
  get pid(): number | undefined {
    try {
      const pid = Number(readFileSync(this.#pidFile, 'utf8'));
      process.kill(pid, 0);
      return pid;
    } catch {
      return undefined;
    }
  }

  /** Resolves when it answers. Does nothing where it runs already. */
  async up(): Promise<void> {
    if (this.pid === undefined) this.#start();
    const deadline = Date.now() + READY_WITHIN_MS;
    while (!(await this.answers())) {
      if (Date.now() > deadline)
        throw new Unavailable(`${this.name} does not answer; see ${this.#logFile}`);
      if (this.pid === undefined) throw new Unavailable(`${this.name} ended; see ${this.#logFile}`);
      await delay(LOOK_EVERY_MS);
    }
  }

  async down(): Promise<void> {
    const { pid } = this;
    if (pid !== undefined) {
      process.kill(pid, 'SIGTERM');
      const deadline = Date.now() + STOP_WITHIN_MS;
      while (this.pid !== undefined) {
        if (Date.now() > deadline) process.kill(pid, 'SIGKILL');
        await delay(LOOK_EVERY_MS);
      }
    }
    rmSync(this.#pidFile, { force: true });
  }

  signal(signal: NodeJS.Signals): void {
    const { pid } = this;
    if (pid !== undefined) process.kill(pid, signal);
  }

  answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port: this.#recipe.port });
      const done = (isThere: boolean) => (): void => {
        socket.destroy();
        resolve(isThere);
      };
      socket.once('connect', done(true)).once('error', done(false)).setTimeout(1_000, done(false));
    });
  }

  #start(): void {
    this.#recipe.prepare();
    const log = openSync(this.#logFile, 'a');
    const [file, ...args] = this.#recipe.command;
    const child = spawn(file, args, { detached: true, stdio: ['ignore', log, log] });
    child.on('error', () => undefined);
    if (child.pid === undefined)
      throw new Unavailable(`${file} cannot be started: is it installed?`);
    writeFileSync(this.#pidFile, String(child.pid));
    child.unref();
  }
}
