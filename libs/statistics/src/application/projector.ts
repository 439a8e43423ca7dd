import { comparePositions, type Position } from '@crier/kernel';
import { ProjectorStopped, RebuildRunning } from './errors.ts';
import type { Fault } from './faults.ts';
import { GenerationRun, type ProjectorDeps, type RunStatus } from './generation-run.ts';
import type { Generation } from './read-model-writer.ts';

/** Of the folds. Raise it when documents change their shape: a rebuild then begins by itself. */
export const READ_MODEL_VERSION = 3;

export interface ProjectorStatus {
  readonly state: 'idle' | 'running' | 'stopped';
  /** What is folded for the readers; absent while an older version's documents serve. */
  readonly serving?: RunStatus;
  readonly rebuilding?: RunStatus;
  readonly fault?: Fault;
}

const BACKOFF_MS = 500;
const isBehind = (position: Position | undefined, of: Position | undefined): boolean =>
  comparePositions(position ?? '0', of ?? '0') < 0;

/** Keeps the read models up with the event store, and rebuilds them beside what serves. */
export class Projector {
  readonly #deps: ProjectorDeps;
  readonly #stopping = new AbortController();
  #serving: GenerationRun | undefined;
  #building: GenerationRun | undefined;
  #starting: Promise<void> | undefined;
  /** A rebuild's place is taken before its tables exist. */
  #rebuilds = false;

  constructor(deps: ProjectorDeps) {
    this.#deps = deps;
  }

  /** Goes on where the tables stand: with an unfinished rebuild too. Waits for the stores by itself. */
  async start(): Promise<void> {
    this.#starting ??= this.#insist();
    await this.#starting;
  }

  /** Resolves when nothing is folded any more; what was read but not stored is read again next time. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#starting;
    await Promise.all([this.#serving?.stop(), this.#building?.stop()]);
  }

  /**
   * Folds everything from the beginning into a second set, which then takes over. Resolves when it serves.
   * @throws RebuildRunning, Unavailable; ProjectorStopped at an event that cannot be applied
   */
  async rebuild(): Promise<void> {
    await this.start(); // which may go on with an unfinished one
    if (this.#rebuilds) throw new RebuildRunning('The read models are being rebuilt already');
    this.#rebuilds = true;
    try {
      const { writer } = this.#deps;
      for (const { number, serving } of await writer.generations())
        if (!serving) await writer.discard(number);
      const generation = await writer.begin(READ_MODEL_VERSION);
      await this.#build(generation);
    } finally {
      this.#rebuilds = false;
    }
  }

  status(): ProjectorStatus {
    const serving = this.#serving?.status();
    const rebuilding = this.#building?.status();
    const main = serving ?? rebuilding;
    const fault = main?.fault;
    return {
      state: fault ? 'stopped' : main ? 'running' : 'idle',
      ...(serving && { serving }),
      ...(rebuilding && { rebuilding }),
      ...(fault && { fault }),
    };
  }

  async #insist(): Promise<void> {
    const { clock, log } = this.#deps;
    while (!this.#stopping.signal.aborted)
      try {
        await this.#goOn();
        return;
      } catch (error) {
        log.warn('read models cannot be opened, trying again', { error: String(error) });
        await clock.sleep(BACKOFF_MS, this.#stopping.signal);
      }
  }

  async #goOn(): Promise<void> {
    const { writer } = this.#deps;
    const all = await writer.generations();
    const serving = all.find((generation) => generation.serving);
    const unfinished = all.filter((generation) => !generation.serving);
    const usable = unfinished.filter(({ version }) => version === READ_MODEL_VERSION);
    for (const { number } of unfinished)
      if (number !== usable[0]?.number) await writer.discard(number);
    if (!serving || serving.version === READ_MODEL_VERSION) {
      this.#serve(serving ?? (await writer.begin(READ_MODEL_VERSION)));
      if (usable[0]) this.#buildBeside(usable[0]);
    } else this.#buildBeside(usable[0] ?? (await writer.begin(READ_MODEL_VERSION)));
  }

  /** Its outcome is seen in the status. */
  #buildBeside(generation: Generation): void {
    this.#rebuilds = true;
    this.#build(generation)
      .catch((error: unknown) => {
        this.#deps.log.error('rebuild of the read models ended', { error: String(error) });
      })
      .finally(() => {
        this.#rebuilds = false;
      });
  }

  async #build(generation: Generation): Promise<void> {
    const run = new GenerationRun(this.#deps, generation);
    this.#building = run;
    const served = new Promise<true>((resolve) => {
      run.start(async () => {
        if (this.#serving !== run && (await this.#takeOver(run))) resolve(true);
      });
    });
    if (this.#stopping.signal.aborted) await run.stop();
    if ((await Promise.race([served, run.ended()])) === true) return;
    await this.#serveOn();
    const { fault } = run.status();
    throw new ProjectorStopped('The rebuild has not come to its end', { ...fault });
  }

  /** A rebuild that failed while taking over leaves the former set in service. */
  async #serveOn(): Promise<void> {
    if (this.#stopping.signal.aborted || this.#serving?.status().state !== 'ended') return;
    const serving = (await this.#deps.writer.generations()).find((one) => one.serving);
    if (serving) this.#serve(serving);
  }

  #serve(generation: Generation): void {
    this.#serving = new GenerationRun(this.#deps, generation);
    this.#serving.serve();
    this.#serving.start();
  }

  /** The former run ends first, so that readers never go back in time. False: it was ahead, go on and come again. */
  async #takeOver(run: GenerationRun): Promise<boolean> {
    await this.#serving?.stop();
    if (isBehind(run.status().position, this.#serving?.status().position)) return false;
    await this.#deps.writer.promote(run.generation);
    run.serve();
    this.#serving = run;
    this.#building = undefined;
    this.#deps.log.info('rebuilt read models serve', { generation: run.generation });
    return true;
  }
}
