/** Facts beside a constant message. Never addresses, tokens, payloads or people's data. */
export type Fields = Readonly<Record<string, unknown>>;

/** `error`: a person must act. `warn`: handled, worth counting. `info`: life cycle. `debug`: off in production. */
export abstract class Log {
  abstract error(message: string, fields?: Fields): void;
  abstract warn(message: string, fields?: Fields): void;
  abstract info(message: string, fields?: Fields): void;
  abstract debug(message: string, fields?: Fields): void;
  /** The same log with these fields on every line. */
  abstract with(fields: Fields): Log;
}

/** Says nothing. For tests and libraries used without a log. */
export class SilentLog extends Log {
  error(): void {
    /* silent */
  }
  warn(): void {
    /* silent */
  }
  info(): void {
    /* silent */
  }
  debug(): void {
    /* silent */
  }
  with(): Log {
    return this;
  }
}
