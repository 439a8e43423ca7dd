import { resolve } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';
import { Bell } from '../bell.ts';
import { IN_MEMORY } from '../database.ts';

/** Carries the news of a commit to every thread of the process that reads the same file. */
export class CommitChannel {
  /** Rings in this thread at every commit of any thread. */
  readonly bell = new Bell();
  #channel: BroadcastChannel | undefined;

  constructor(path: string) {
    if (path === IN_MEMORY) return;
    this.#channel = new BroadcastChannel(`crier-events:${resolve(path)}`);
    this.#channel.onmessage = () => {
      this.bell.ring();
    };
    this.#channel.unref();
  }

  announce(): void {
    this.bell.ring();
    this.#channel?.postMessage(null);
  }

  /** From here on only those who hold this very object hear of a commit. */
  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }
}
