import { AppError } from '@crier/kernel';

/** A page was asked for with a cursor that no page gave. */
export class BadCursor extends AppError {
  readonly code = 'BAD_CURSOR';
  readonly verdict = 'park';
}

/** An uploaded file is larger than the store takes. Nothing is kept. */
export class MediaTooLarge extends AppError {
  readonly code = 'MEDIA_TOO_LARGE';
  readonly verdict = 'park';
}
