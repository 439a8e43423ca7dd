import { Log, type Fields } from '@crier/kernel';
import type { ProjectorReport } from './projector-messages.ts';

type Level = Extract<ProjectorReport, { kind: 'log' }>['level'];

/** Hands log lines to the thread's parent. Fields travel as JSON: what cannot be copied must not stop a line. */
export class PortLog extends Log {
  readonly #tell: (report: ProjectorReport) => void;
  readonly #fields: Fields;

  constructor(tell: (report: ProjectorReport) => void, fields: Fields = {}) {
    super();
    this.#tell = tell;
    this.#fields = fields;
  }

  error(message: string, fields?: Fields): void {
    this.#line('error', message, fields);
  }
  warn(message: string, fields?: Fields): void {
    this.#line('warn', message, fields);
  }
  info(message: string, fields?: Fields): void {
    this.#line('info', message, fields);
  }
  debug(): void {
    /* not worth a message */
  }
  with(fields: Fields): Log {
    return new PortLog(this.#tell, { ...this.#fields, ...fields });
  }

  #line(level: Level, message: string, fields?: Fields): void {
    const plain = JSON.parse(JSON.stringify({ ...this.#fields, ...fields })) as Fields;
    this.#tell({ kind: 'log', level, message, fields: plain });
  }
}
