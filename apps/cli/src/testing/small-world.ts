import { Readable, Writable } from 'node:stream';
import { run } from '../program.ts';
import type { World } from '../world.ts';

class Sheet extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Circumstances {
  readonly url?: string;
  readonly input?: string;
  readonly directory?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly isInteractive?: boolean;
  /** Called with what Ctrl-C does while a command listens for it. */
  readonly onInterrupt?: World['onInterrupt'];
}

/** Runs one command line in a world without a terminal. */
export const crier = async (
  words: readonly string[],
  circumstances: Circumstances = {},
): Promise<Ran> => {
  const stdout = new Sheet();
  const stderr = new Sheet();
  const { url, input = '', directory = '/nowhere', environment = {} } = circumstances;
  const code = await run(words, {
    stdout,
    stderr,
    stdin: Readable.from([input]),
    isInteractive: circumstances.isInteractive ?? false,
    colours: false,
    width: 100,
    environment: {
      CRIER_TOKEN: 'crier_test',
      ...(url === undefined ? {} : { CRIER_URL: url }),
      ...environment,
    },
    directory,
    onInterrupt: circumstances.onInterrupt ?? (() => () => undefined),
  });
  return { code, out: stdout.text, err: stderr.text };
};
