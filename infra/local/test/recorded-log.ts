import { Log, type Fields } from '@crier/kernel';
import { inspect } from 'node:util';

/** Everything that anybody can read of a value: fields, causes, what the fields hold. */
export const readable = (value: unknown): string => inspect(value, { depth: 12, showHidden: true });

/** Keeps every line, of every level. */
export class RecordedLog extends Log {
  readonly lines: string[] = [];

  error(message: string, fields: Fields = {}): void {
    this.#keep(message, fields);
  }
  warn(message: string, fields: Fields = {}): void {
    this.#keep(message, fields);
  }
  info(message: string, fields: Fields = {}): void {
    this.#keep(message, fields);
  }
  debug(message: string, fields: Fields = {}): void {
    this.#keep(message, fields);
  }
  with(): Log {
    return this;
  }

  get text(): string {
    return this.lines.join('\n');
  }

  #keep(message: string, fields: Fields): void {
    this.lines.push(`${message} ${readable(fields)}`);
  }
}
