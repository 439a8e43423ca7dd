import { AppError, SilentLog, Unavailable, type Log } from '@crier/kernel';
import type { ProjectorStatus, Verified } from '@crier/statistics';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type {
  ProjectorAsk,
  ProjectorReport,
  ProjectorRequest,
  ProjectorThreadData,
} from './projector-messages.ts';

export interface ProjectorThreadOptions extends ProjectorThreadData {
  /** URL of `projector.worker`. */
  readonly worker: URL;
  /** `['-C', '@crier/source']` where sources run as they are. */
  readonly execArgv?: readonly string[];
  readonly log?: Log;
  /** Milliseconds from an event's recording until it can be read. */
  readonly onLag?: (ms: number) => void;
}

/** What the thread refused, with the code of its own error. */
class ThreadRefused extends AppError {
  readonly code: string;
  readonly verdict = 'park';
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Its memory is for pages at hand, never for an audience. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };
const AGAIN_AFTER_MS = 1_000;

/** A projector in a thread of its own. A thread that dies is started again, and goes on where its tables stand. */
export class ProjectorThread {
  readonly #options: ProjectorThreadOptions;
  readonly #log: Log;
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | undefined;
  #again: NodeJS.Timeout | undefined;
  #asked = 0;
  #runs = false;

  constructor(options: ProjectorThreadOptions) {
    this.#options = options;
    this.#log = options.log ?? new SilentLog();
  }

  /** Resolves when it folds. @throws Unavailable where a file cannot be opened: call again */
  async start(): Promise<void> {
    this.#runs = true;
    await this.#ask('start');
  }

  /** Resolves when the rebuilt read models serve. @throws REBUILD_RUNNING, PROJECTOR_STOPPED, Unavailable */
  async rebuild(): Promise<void> {
    await this.#ask('rebuild');
  }

  async status(): Promise<ProjectorStatus> {
    return (await this.#ask('status')) as ProjectorStatus;
  }

  /** Proves every broadcast from its events alone, in the thread. */
  async verify(): Promise<readonly Verified[]> {
    return (await this.#ask('verify')) as readonly Verified[];
  }

  /** Resolves when the thread has let go of its files and ended. */
  async stop(): Promise<void> {
    this.#runs = false;
    clearTimeout(this.#again);
    const thread = this.#thread;
    if (!thread) return;
    const ended = once(thread, 'exit');
    await this.#ask('stop');
    await ended;
  }

  #ask(ask: ProjectorAsk): Promise<unknown> {
    const request: ProjectorRequest = { id: (this.#asked += 1), ask };
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
      this.#living().postMessage(request);
    });
  }

  #living(): Worker {
    if (this.#thread) return this.#thread;
    const { worker, events, readModels, execArgv } = this.#options;
    const workerData: ProjectorThreadData = { events, readModels };
    const thread = new Worker(worker, {
      workerData,
      resourceLimits: RESOURCE_LIMITS,
      ...(execArgv && { execArgv: [...execArgv] }),
    });
    this.#thread = thread;
    thread.on('message', (report: ProjectorReport) => {
      this.#hear(report);
    });
    thread.on('error', (error) => {
      this.#log.error('the projector thread has died', { error: String(error) });
    });
    thread.on('exit', () => {
      this.#mourn();
    });
    return thread;
  }

  #hear(report: ProjectorReport): void {
    switch (report.kind) {
      case 'lags':
        for (const ms of report.ms) this.#options.onLag?.(ms);
        return;
      case 'log':
        this.#log[report.level](report.message, report.fields);
        return;
      case 'answer':
        this.#take(report.id)?.resolve(report.value);
        return;
      case 'refusal':
        this.#take(report.id)?.reject(errorOf(report.code, report.message));
        return;
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #mourn(): void {
    this.#thread = undefined;
    for (const { reject } of this.#waiting.values())
      reject(new Unavailable('The projector thread has ended'));
    this.#waiting.clear();
    if (!this.#runs) return;
    this.#again = setTimeout(() => {
      this.start().catch((error: unknown) => {
        this.#log.error('the projector thread cannot go on', { error: String(error) });
      });
    }, AGAIN_AFTER_MS);
  }
}

const errorOf = (code: string, message: string): AppError =>
  code === 'UNAVAILABLE' ? new Unavailable(message) : new ThreadRefused(code, message);
