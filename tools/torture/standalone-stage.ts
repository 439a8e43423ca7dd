import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../processes.ts';
import { RunBroken } from './broken.ts';
import { App, copiedApp, forgetLock } from './processes.ts';
import { setStage, Stage } from './stage.ts';

/** Crier in one process. */
export class StandaloneStage extends Stage {
  readonly crier: App;
  readonly #readyMs: number[] = [];

  private constructor(parts: Awaited<ReturnType<typeof setStage>>, crier: App) {
    super(parts, crier.url);
    this.crier = crier;
  }

  /** `environment`: beside what every stage has. */
  static async open(
    name: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<StandaloneStage> {
    const parts = await setStage(name);
    const { directory, token } = parts;
    const port = await freePort();
    const crier = new App(await copiedApp('standalone', directory), {
      port,
      environment: {
        CRIER_PORT: String(port),
        CRIER_DATA: join(directory, 'data'),
        CRIER_DEMO: 'off',
        CRIER_ADMIN_TOKEN: token,
        CRIER_SPEED_CEILING: '100000',
        CRIER_LOG_LEVEL: 'info',
        ...environment,
      },
      log: join(directory, 'standalone.log'),
    });
    const stage = new StandaloneStage(parts, crier);
    await stage.start();
    return stage;
  }

  /** Milliseconds from each start to "ready". */
  get readyMs(): readonly number[] {
    return this.#readyMs;
  }

  async start(): Promise<void> {
    if (!this.sandboxApp.isRunning) throw new RunBroken(this.sandboxApp.howEnded);
    this.crier.spawn();
    this.#readyMs.push(await this.crier.ready('/health/ready'));
  }

  /** The process dies on the spot. */
  async kill(): Promise<void> {
    await this.crier.end('SIGKILL');
    await forgetLock(join(this.directory, 'data'));
  }

  async close(keep: boolean): Promise<void> {
    await this.crier.end('SIGTERM');
    await this.sandboxApp.end('SIGTERM');
    this.crier.closeLog();
    this.sandboxApp.closeLog();
    if (!keep) await rm(this.directory, { recursive: true, force: true });
  }
}
