import { Log, type Fields } from '@crier/kernel';
import { pino, type Logger } from 'pino';

/** One JSON object per line: constant message, facts as fields. */
export class PinoLog extends Log {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    super();
    this.#logger = logger;
  }

  /** `level`: error, warn, info, debug or silent. `stderr` keeps standard output for what people asked for. */
  static to(destination: 'stdout' | 'stderr', level: string): PinoLog {
    const stream = pino.destination({ dest: destination === 'stdout' ? 1 : 2, sync: false });
    return new PinoLog(
      pino(
        { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: REDACTED },
        stream,
      ),
    );
  }

  error(message: string, fields: Fields = {}): void {
    this.#logger.error(fields, message);
  }

  warn(message: string, fields: Fields = {}): void {
    this.#logger.warn(fields, message);
  }

  info(message: string, fields: Fields = {}): void {
    this.#logger.info(fields, message);
  }

  debug(message: string, fields: Fields = {}): void {
    this.#logger.debug(fields, message);
  }

  with(fields: Fields): Log {
    return new PinoLog(this.#logger.child(fields));
  }
}

/** A second line of defence: what must never be logged is not, even when somebody passes it. */
const REDACTED = [
  'token',
  'credentials',
  'authorization',
  '*.token',
  '*.credentials',
  '*.authorization',
];
