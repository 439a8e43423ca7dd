import { AppError } from '@crier/kernel';

/** The content cannot be sent: found by whoever is about to send it, since a gateway knows announced limits only. */
export class ContentUnfit extends AppError {
  readonly code = 'CONTENT_UNFIT';
  readonly verdict = 'park';
}
