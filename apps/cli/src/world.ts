import type { Readable, Writable } from 'node:stream';

/** Everything that a command touches besides the server: so that a test is a world of its own. */
export interface World {
  /** Answers go here, and nothing else. */
  readonly stdout: Writable;
  /** Progress, questions and complaints. */
  readonly stderr: Writable;
  readonly stdin: Readable;
  /** A person sits at the terminal: questions are asked, bars drawn. */
  readonly isInteractive: boolean;
  readonly colours: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where relative paths start. */
  readonly directory: string;
  /** Hears Ctrl-C until the answer is called; meanwhile Ctrl-C does not end the process. */
  readonly onInterrupt: (heard: () => void) => () => void;
}
