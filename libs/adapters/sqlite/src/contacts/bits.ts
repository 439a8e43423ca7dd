/** One bit per contact of a segment; bits past `size` are always 0. */
export interface Bits {
  readonly size: number;
  readonly words: Uint32Array;
}

export const noBits = (size: number): Bits => ({
  size,
  words: new Uint32Array(Math.ceil(size / 32)),
});

export const allBits = (size: number): Bits => inverted(noBits(size));

/** The opposite of every bit. Changes and returns `bits`. */
export const inverted = (bits: Bits): Bits => {
  const { words, size } = bits;
  for (let at = 0; at < words.length; at += 1) words[at] = ~(words[at] ?? 0);
  if (size % 32 !== 0) {
    words[words.length - 1] = (words[words.length - 1] ?? 0) & (2 ** (size % 32) - 1);
  }
  return bits;
};

/** Keeps in `bits` what is also in `other`. Changes and returns `bits`. */
export const and = (bits: Bits, other: Bits): Bits => {
  const { words } = bits;
  for (let at = 0; at < words.length; at += 1)
    words[at] = (words[at] ?? 0) & (other.words[at] ?? 0);
  return bits;
};

/** Adds to `bits` what is in `other`. Changes and returns `bits`. */
export const or = (bits: Bits, other: Bits): Bits => {
  const { words } = bits;
  for (let at = 0; at < words.length; at += 1)
    words[at] = (words[at] ?? 0) | (other.words[at] ?? 0);
  return bits;
};

export const isEmpty = ({ words }: Bits): boolean => words.every((word) => word === 0);

export const has = ({ words }: Bits, position: number): boolean =>
  ((words[position >>> 5] ?? 0) & (1 << (position & 31))) !== 0;

export const set = ({ words }: Bits, position: number): void => {
  words[position >>> 5] = (words[position >>> 5] ?? 0) | (1 << (position & 31));
};

export const clear = ({ words }: Bits, position: number): void => {
  words[position >>> 5] = (words[position >>> 5] ?? 0) & ~(1 << (position & 31));
};

/** The positions that are set, ascending. */
export const positions = ({ words }: Bits): Uint16Array => {
  let count = 0;
  for (const word of words) count += ones(word);
  const found = new Uint16Array(count);
  let next = 0;
  for (let at = 0; at < words.length; at += 1) {
    for (let word = words[at] ?? 0; word !== 0; word &= word - 1) {
      found[next] = at * 32 + (31 - Math.clz32(word & -word));
      next += 1;
    }
  }
  return found;
};

const ones = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};
