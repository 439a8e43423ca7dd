import { AppError } from '@crier/kernel';
import type { ContactChange } from '../contact-directory.ts';

/** Why one row of an import is not done. */
export interface RowError {
  readonly column: string;
  readonly code: string;
  readonly message: string;
}

/** One row of an import file: what it asks for, or what is wrong with it. */
export type ImportRow =
  | { readonly row: number; readonly change: ContactChange }
  | { readonly row: number; readonly error: RowError };

/** A file that cannot be imported further. `code` says why, the message what to do. */
export class ImportRefused extends AppError {
  readonly code: string;
  readonly verdict = 'park';

  constructor(code: string, message: string, context: Readonly<Record<string, unknown>> = {}) {
    super(message, context);
    this.code = code;
  }
}

/** The longest line or record, in characters. */
export const MAX_RECORD = 1_000_000;
