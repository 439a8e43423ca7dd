import { BadCursor, BehaviourUnresolved } from '@crier/audience';
import { Unavailable } from '@crier/kernel';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import {
  CLOSE,
  type Answered,
  type Asked,
  type DirectoryThreadData,
  type Questions,
} from './thread-messages.ts';

/** The thread's own share of the process's memory, in megabytes. */
const MEMORY = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };

type Waiting = (answered: Answered) => void;

const errorOf = ({ code, message }: { code: string; message: string }): Error => {
  if (code === 'BAD_CURSOR') return new BadCursor(message);
  if (code === 'BEHAVIOUR_UNRESOLVED') return new BehaviourUnresolved(message);
  return new Unavailable(message, { code });
};

/** Asks a directory in a thread of its own. Should the thread die, who waits gets Unavailable and the next starts another. */
export class DirectoryThread {
  readonly #entry: URL;
  readonly #data: DirectoryThreadData;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #lastId = 0;
  #isClosed = false;

  constructor(entry: URL, data: DirectoryThreadData) {
    this.#entry = entry;
    this.#data = data;
  }

  /** @throws Unavailable, BadCursor, BehaviourUnresolved */
  async ask<Name extends keyof Questions>(
    name: Name,
    ...args: Parameters<Questions[Name]>
  ): Promise<Awaited<ReturnType<Questions[Name]>>> {
    if (this.#isClosed) throw new Unavailable('the contacts are closed');
    const worker = this.#living();
    this.#lastId += 1;
    const asked: Asked<Name> = { id: this.#lastId, name, args };
    const answered = await new Promise<Answered>((resolve) => {
      this.#waiting.set(asked.id, resolve);
      worker.ref(); // an answer that is awaited keeps the process alive; an idle thread does not
      worker.postMessage(asked);
    });
    if ('refused' in answered) throw errorOf(answered.refused);
    return answered.value as Awaited<ReturnType<Questions[Name]>>;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    if (!worker) return;
    worker.ref();
    const ended = once(worker, 'exit');
    worker.postMessage(CLOSE);
    await ended;
  }

  #living(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(this.#entry, { workerData: this.#data, resourceLimits: MEMORY });
    worker.on('message', (answered: Answered) => {
      this.#settle(answered);
    });
    let reason = 'the thread of the contacts has ended';
    worker.on('error', (error: unknown) => {
      reason = String(error);
    });
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
      for (const id of this.#waiting.keys()) {
        this.#settle({ id, refused: { code: 'THREAD_ENDED', message: reason } });
      }
    });
    this.#worker = worker;
    return worker;
  }

  #settle(answered: Answered): void {
    const waiting = this.#waiting.get(answered.id);
    this.#waiting.delete(answered.id);
    if (this.#waiting.size === 0) this.#worker?.unref();
    waiting?.(answered);
  }
}
