import { AppError } from '@crier/kernel';

/** The run cannot go on: the message says what was missing or never came. */
export class RunBroken extends AppError {
  readonly code = 'RUN_BROKEN';
  readonly verdict = 'park';
}
