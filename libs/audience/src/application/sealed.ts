import { AppError } from '@crier/kernel';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Stored credentials cannot be opened: the key is another than they were sealed with, or the file was tampered with. */
export class SecretUnreadable extends AppError {
  readonly code = 'SECRET_UNREADABLE';
  readonly verdict = 'park';
}

/** Seals texts so that only the holder of a 32-byte key reads them, and only in the place they were sealed for. */
export class Seal {
  readonly #key: Uint8Array;

  /** @throws SecretUnreadable if the key has another length than 32 bytes */
  constructor(key: Uint8Array) {
    if (key.byteLength !== KEY_BYTES) {
      throw new SecretUnreadable(`the key must have ${KEY_BYTES} bytes`, {
        bytes: key.byteLength,
      });
    }
    this.#key = Uint8Array.from(key);
  }

  close(place: string, text: string): Uint8Array {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }

  /** @throws SecretUnreadable */
  open(place: string, sealed: Uint8Array): string {
    try {
      const iv = sealed.subarray(0, IV_BYTES);
      const decipher = createDecipheriv(CIPHER, this.#key, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(place));
      decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      const text = decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    } catch (error) {
      throw new SecretUnreadable('stored credentials cannot be opened', { place }, error);
    }
  }
}
