import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { CLOSE, type Answer, type Writer, type WriterThreadData } from './writer.ts';

/**
 * Writes in a thread of its own, so that no fsync ever holds up the caller. Should the thread die, what waited is
 * answered "perhaps stored", and the next request starts a new one.
 */
/** A writer holds a few groups of appends at a time. */
const MEMORY = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 4 };

export class WorkerWriter<Request, Value> implements Writer<Request, Value> {
  readonly #entry: URL;
  readonly #data: WriterThreadData;
  #thread: Worker | undefined;
  #outbox: Request[] = [];
  #waiting: ((answer: Answer<Value>) => void)[] = [];

  /** `entry` is the module the thread runs; nothing starts before {@link start} or the first request. */
  constructor(entry: URL, data: WriterThreadData) {
    this.#entry = entry;
    this.#data = data;
  }

  /** Resolves when the thread has opened the file. Rejects with what kept it from that. */
  async start(): Promise<void> {
    const thread = this.#living();
    await once(thread, 'message');
    if (this.#waiting.length === 0) thread.unref();
  }

  submit(request: Request): Promise<Answer<Value>> {
    if (this.#outbox.length === 0)
      queueMicrotask(() => {
        this.#post();
      });
    this.#outbox.push(request);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async close(): Promise<void> {
    this.#post();
    const thread = this.#thread;
    if (!thread) return;
    thread.ref();
    const ended = once(thread, 'exit');
    thread.postMessage(CLOSE);
    await ended;
  }

  #post(): void {
    if (this.#outbox.length === 0) return;
    const thread = this.#living();
    thread.ref(); // an answer that is awaited keeps the process alive; an idle thread does not
    thread.postMessage(this.#outbox);
    this.#outbox = [];
  }

  #living(): Worker {
    if (this.#thread) return this.#thread;
    const thread = new Worker(this.#entry, { workerData: this.#data, resourceLimits: MEMORY });
    this.#thread = thread;
    let reason = 'the writer has ended';
    thread.on('message', (answers: readonly Answer<Value>[]) => {
      this.#answer(answers, thread);
    });
    thread.on('error', (error) => {
      reason = String(error);
    });
    thread.on('exit', () => {
      this.#thread = undefined;
      const unposted = this.#outbox.length;
      const lost = this.#waiting.splice(0, this.#waiting.length - unposted);
      for (const resolve of lost) resolve({ done: false, surelyNot: false, reason });
    });
    return thread;
  }

  #answer(answers: readonly Answer<Value>[], thread: Worker): void {
    const answered = this.#waiting.splice(0, answers.length);
    answered.forEach((resolve, index) => {
      const answer = answers[index];
      if (answer) resolve(answer);
    });
    if (this.#waiting.length === 0) thread.unref();
  }
}
