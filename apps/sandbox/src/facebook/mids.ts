import { randomBytes } from 'node:crypto';

/** Ids of messages and attachments. They start anew in each run, so that those of two runs do not meet. */
export class Mids {
  readonly #run = randomBytes(9).toString('base64url');
  readonly #attachmentBase = randomBytes(5).readUIntBE(0, 5) * 1000;
  #messages = 0;
  #others = 0;
  #attachments = 0;

  /** The number of a new message to a person, from 1. */
  takeMessage(): number {
    this.#messages += 1;
    return this.#messages;
  }

  /** The id of a message to a person. */
  ofMessage(number: number): string {
    return `m_${this.#run}-${number}`;
  }

  /** The id of something that a person did. */
  takeOther(): string {
    this.#others += 1;
    return `m_${this.#run}+${this.#others}`;
  }

  takeAttachment(): string {
    this.#attachments += 1;
    return String(this.#attachmentBase + this.#attachments);
  }
}
