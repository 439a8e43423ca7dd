import { AppError } from '@crier/kernel';

/** The messenger does not take the bot's credentials, or not the webhook they are to be used with. */
export class CredentialsRefused extends AppError {
  readonly code = 'CREDENTIALS_REFUSED';
  readonly verdict = 'park';
}

/** A file cannot be uploaded for this bot: it is not there, too large, or the messenger refuses it. */
export class UploadRefused extends AppError {
  readonly code = 'UPLOAD_REFUSED';
  readonly verdict = 'park';
}
