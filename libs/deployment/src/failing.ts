import { AppError, type Log } from '@crier/kernel';

/** Takes out of a text what nobody may read. */
export type Hide = (text: string) => string;

/** Ends the process with a failure, so that its supervisor starts a new one. */
export type Fail = (message: string, error: unknown) => void;

const described = (error: unknown): string =>
  error instanceof AppError ? `${error.message} (${error.code})` : String(error);

/** An app's last line in its log. Its fields and causes stay unsaid: nobody knows what is in them. */
export const failing =
  (log: Log, hide: Hide): Fail =>
  (message, error) => {
    log.error(message, { error: hide(described(error)) });
    process.exit(1);
  };

/** What the terminal is told of an app that does not come up. */
export const cannotStart = (app: string, error: unknown, hide: Hide): string =>
  `${app} cannot start: ${hide(described(error))}\n`;
