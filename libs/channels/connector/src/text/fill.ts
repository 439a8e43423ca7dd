import type { VariableValue } from '@crier/contracts';
import type { RichText } from './rich-text.ts';
import { valueOf } from './variables.ts';

const CUT = '…';
const HIGH_SURROGATE = /[\uD800-\uDBFF]$/;

/** At most so many UTF-16 units, with an ellipsis where something is missing, and no half characters. */
export const shortened = (text: string, most: number): string => {
  if (text.length <= most) return text;
  return most < 1 ? '' : text.slice(0, most - 1).replace(HIGH_SURROGATE, '') + CUT;
};

/** The length at which the longest values are cut, so that all together take at most `room`. */
const levelFor = (lengths: readonly number[], room: number): number => {
  let left = room;
  let waiting = lengths.length;
  for (const length of lengths.toSorted((a, b) => a - b)) {
    if (length * waiting > left) return Math.floor(left / waiting);
    left -= length;
    waiting -= 1;
  }
  return Infinity;
};

/** A text prepared for being filled many times; a fixed text costs nothing per person. */
export class FillableText {
  readonly #text: RichText;
  readonly #fixedLength: number;
  readonly #most: number;

  /** `most`: the messenger's limit in UTF-16 units. */
  constructor(text: RichText, most: number) {
    this.#text = text;
    this.#most = most;
    this.#fixedLength = text.pieces.reduce(
      (sum, piece) => sum + (typeof piece === 'string' ? piece.length : 0),
      0,
    );
  }

  /**
   * The pieces with the person's values in place of the variables. Where all would be longer than allowed, the
   * longest values are cut, to one common length, and end with "…"; the operator's own words are never cut.
   */
  fill(values: Readonly<Record<string, VariableValue>>): readonly string[] {
    let length = this.#fixedLength;
    const filled = this.#text.pieces.map((piece) => {
      if (typeof piece === 'string') return piece;
      const value = valueOf(piece, values);
      length += value.length;
      return value;
    });
    return length <= this.#most ? filled : this.#cut(filled);
  }

  #cut(filled: readonly string[]): readonly string[] {
    const { pieces } = this.#text;
    const lengths = filled.filter((_, index) => typeof pieces[index] !== 'string');
    const room = Math.max(0, this.#most - this.#fixedLength);
    const level = levelFor(
      lengths.map((value) => value.length),
      room,
    );
    return filled.map((value, index) =>
      typeof pieces[index] === 'string' ? value : shortened(value, level),
    );
  }
}
