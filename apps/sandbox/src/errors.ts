import { AppError } from '@crier/kernel';

/** The admin API was asked something it cannot read. The message names the field. */
export class BadInput extends AppError {
  readonly code = 'BAD_INPUT';
  readonly verdict = 'park';
}

/** The admin API was asked about something that is not there. */
export class NotThere extends AppError {
  readonly code = 'NOT_THERE';
  readonly verdict = 'park';
}

/** A request to the admin API was larger than it takes. */
export class BodyTooLarge extends AppError {
  readonly code = 'BODY_TOO_LARGE';
  readonly verdict = 'park';
}

/** The environment holds a value that cannot be used. */
export class InvalidConfig extends AppError {
  readonly code = 'INVALID_CONFIG';
  readonly verdict = 'park';
}

/** The sandbox cannot listen where it was told to. */
export class CannotListen extends AppError {
  readonly code = 'CANNOT_LISTEN';
  readonly verdict = 'park';
}
