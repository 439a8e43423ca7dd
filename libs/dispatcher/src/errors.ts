import { AppError } from '@crier/kernel';

/** The team's own chat bot answered a forwarded update with a server error. */
export class ForwardRefused extends AppError {
  readonly code = 'FORWARD_REFUSED';
  readonly verdict = 'retry';
}
