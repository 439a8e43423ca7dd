import pc from 'picocolors';
import { createInterface } from 'node:readline/promises';
import type { World } from '../world.ts';

/** What people see: answers on stdout; progress, questions and complaints on stderr. */
export class Screen {
  readonly colours: ReturnType<typeof pc.createColors>;
  readonly world: World;
  readonly #json: boolean;

  /** With `json`, texts go to stderr, and the only thing on stdout is one document. */
  constructor(world: World, json: boolean) {
    this.world = world;
    this.#json = json;
    this.colours = pc.createColors(world.colours);
  }

  /** An answer for people. */
  text(text: string): void {
    if (!this.#json) this.world.stdout.write(ended(text));
  }

  /** Something on the way to the answer. */
  note(text: string): void {
    this.world.stderr.write(ended(text));
  }

  /** The answer for programs; nothing unless JSON was asked for. */
  document(value: unknown): void {
    if (this.#json) this.world.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** Asks a person; yes where there is nobody to ask. */
  async isAgreed(question: string): Promise<boolean> {
    if (!this.world.isInteractive) return true;
    const { stdin: input, stderr: output } = this.world;
    const lines = createInterface({ input, output });
    try {
      const answer = await lines.question(`${question} [y/N] `);
      return /^y(es)?$/i.test(answer.trim());
    } finally {
      lines.close();
    }
  }
}

const ended = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
