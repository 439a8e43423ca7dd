/** How the process ends; scripts rely on these numbers. */
export const EXIT = { ok: 0, refused: 1, usage: 2, unreachable: 3, failures: 4 } as const;

/** Something that ends a command: a sentence for people, what belongs to it line by line, and the exit code. */
export abstract class Fault extends Error {
  abstract readonly exitCode: number;
  readonly lines: readonly string[];

  constructor(message: string, lines: readonly string[] = [], cause?: unknown) {
    super(message, { cause });
    this.name = new.target.name;
    this.lines = lines;
  }
}

/** The command was given wrongly: an argument, a file, an ambiguous name. */
export class WrongUsage extends Fault {
  readonly exitCode = EXIT.usage;
}

/** Nobody answers at the address. */
export class CannotReach extends Fault {
  readonly exitCode = EXIT.unreachable;
}

/** The server said no, or what it said does not hold. */
export class Refused extends Fault {
  readonly exitCode = EXIT.refused;
}
