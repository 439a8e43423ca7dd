import { AppError, type Clock, type Log } from '@crier/kernel';

const FIRST_BACKOFF_MS = 200;
const LAST_BACKOFF_MS = 2_000;
const LONGEST_REASON = 300;

/** What the adapter, or else the client behind it, says of a failure. */
const reasonOf = ({ context, cause }: AppError): string => {
  const { reason } = context;
  const said = typeof reason === 'string' ? reason : cause instanceof Error ? cause.message : '';
  return said.slice(0, LONGEST_REASON);
};

/** Tries until it works, so that apps and stores start in any order. What another try cannot mend is thrown. */
export const insist = async <Result>(
  what: string,
  open: () => Promise<Result>,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<Result> => {
  for (let backoffMs = FIRST_BACKOFF_MS; ; backoffMs = Math.min(backoffMs * 2, LAST_BACKOFF_MS))
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof AppError) || error.verdict !== 'retry') throw error;
      log.warn('waiting', { for: what, error: error.message, reason: reasonOf(error) });
      await clock.sleep(backoffMs);
    }
};
