import { Presets, SingleBar } from 'cli-progress';
import type { Writable } from 'node:stream';

/** What one line of progress says. */
export interface Reading {
  readonly done: number;
  readonly total: number;
  readonly text: string;
}

export interface ProgressLine {
  show(reading: Reading): void;
  /** Leaves the cursor on a line of its own. */
  end(): void;
}

const NOTE_EVERY_MS = 5_000;

/** A bar that moves. */
class Bar implements ProgressLine {
  readonly #bar: SingleBar;
  #isStarted = false;

  constructor(stream: Writable) {
    this.#bar = new SingleBar(
      {
        stream: stream,
        format: '{bar} {percentage}% {text}',
        hideCursor: true,
        linewrap: false,
        gracefulExit: false,
        barsize: 30,
        fps: 10,
      },
      Presets.shades_classic,
    );
  }

  show({ done, total, text }: Reading): void {
    const most = Math.max(total, 1);
    if (!this.#isStarted) this.#bar.start(most, done, { text });
    this.#isStarted = true;
    this.#bar.setTotal(most);
    this.#bar.update(done, { text });
  }

  end(): void {
    this.#bar.stop();
  }
}

/** A line now and then: for logs. */
class Notes implements ProgressLine {
  readonly #stream: Writable;
  #notedAt = Number.NEGATIVE_INFINITY;
  #last = '';

  constructor(stream: Writable) {
    this.#stream = stream;
  }

  show({ done, total, text }: Reading): void {
    const now = performance.now();
    if (now - this.#notedAt < NOTE_EVERY_MS && done < total) return;
    const percentage = total === 0 ? 0 : Math.floor((done / total) * 100);
    const line = `${percentage}% ${text}\n`;
    if (line === this.#last) return;
    this.#notedAt = now;
    this.#last = line;
    this.#stream.write(line);
  }

  end(): void {
    this.#last = '';
  }
}

/** Progress on this stream: a bar where a person looks, else a line every five seconds. */
export const progressLine = (stream: Writable, isInteractive: boolean): ProgressLine =>
  isInteractive ? new Bar(stream) : new Notes(stream);
