import { hashText } from '../hash.ts';

const LOW_BITS = 11;
const HIGH_FACTOR = 2 ** (32 - LOW_BITS);

/** The number under which a Viber user stands in the record and in rules: the same in every process and release. */
export const receiverNumber = (id: string): number => {
  const { high, low } = hashText(id);
  return high * HIGH_FACTOR + (low >>> LOW_BITS) + 1;
};

/** Viber users by their numbers, since their own ids are texts. */
export class Receivers {
  readonly #ids = new Map<number, string>();

  /** The number of a user, who is known from now on. */
  numberOf(id: string): number {
    const number = receiverNumber(id);
    if (!this.#ids.has(number)) this.#ids.set(number, id);
    return number;
  }

  idOf(number: number): string {
    return this.#ids.get(number) ?? '';
  }
}
