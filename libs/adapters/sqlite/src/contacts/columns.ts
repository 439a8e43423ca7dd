import { noBits, set, type Bits } from './bits.ts';

/** A column of few distinct values: `codes[position]` is 0 where there is none, else 1 + the index in `values`. */
export interface Coded<Value> {
  readonly values: readonly Value[];
  readonly codes: Uint8Array | Uint16Array;
}

const SPARSE = 0;
const BITMAP = 1;
const HEADER_BYTES = 8;

const aligned = (data: Uint8Array): Uint8Array =>
  data.byteOffset % 8 === 0 ? data : new Uint8Array(data);

const bytesOf = (view: Uint8Array | Uint16Array | Uint32Array | Float64Array): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

const framed = (form: number, count: number, parts: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat([bytesOf(Uint32Array.of(form, count)), ...parts]);

/** Writes a set of positions (ascending) of `size` as a list or a bitmap, whichever is shorter. */
export const packSet = (members: Uint16Array, size: number): Uint8Array => {
  if (members.byteLength < size / 8) return framed(SPARSE, members.length, [bytesOf(members)]);
  const bits = noBits(size);
  for (const member of members) set(bits, member);
  return framed(BITMAP, size, [bytesOf(bits.words)]);
};

/** Reads what {@link packSet} wrote. */
export const unpackSet = (packed: Uint8Array | undefined, size: number): Bits => {
  if (!packed) return noBits(size);
  const data = aligned(packed);
  const [form = SPARSE, count = 0] = new Uint32Array(data.buffer, data.byteOffset, 2);
  const start = data.byteOffset + HEADER_BYTES;
  if (form === BITMAP) {
    return { size, words: new Uint32Array(data.buffer, start, Math.ceil(size / 32)) };
  }
  const bits = noBits(size);
  for (const member of new Uint16Array(data.buffer, start, count)) set(bits, member);
  return bits;
};

/** Writes a coded column: as pairs of position and code where few have a value, else one or two bytes for each. */
export const packCoded = (codes: Uint16Array, values: readonly unknown[]): Uint8Array => {
  const dictionary = Buffer.from(JSON.stringify(values));
  const width = values.length < 256 ? 1 : 2;
  const present = codes.reduce((count, code) => (code === 0 ? count : count + 1), 0);
  if (present * 4 >= codes.length * width) {
    const dense = width === 1 ? Uint8Array.from(codes) : codes;
    return framed(width, codes.length, [bytesOf(dense), dictionary]);
  }
  const pairs = new Uint16Array(present * 2);
  let next = 0;
  for (const [position, code] of codes.entries()) {
    if (code === 0) continue;
    pairs.set([position, code], next * 2);
    next += 1;
  }
  return framed(SPARSE, present, [bytesOf(pairs), dictionary]);
};

/** Reads what {@link packCoded} wrote; no data is a column without values. */
export const unpackCoded = <Value>(packed: Uint8Array | undefined, size: number): Coded<Value> => {
  if (!packed) return { values: [], codes: new Uint8Array(size) };
  const data = aligned(packed);
  const [width = SPARSE, count = 0] = new Uint32Array(data.buffer, data.byteOffset, 2);
  const start = data.byteOffset + HEADER_BYTES;
  const length = width === SPARSE ? count * 4 : count * width;
  const dictionary = Buffer.from(
    data.buffer,
    start + length,
    data.byteLength - HEADER_BYTES - length,
  );
  const values = JSON.parse(dictionary.toString()) as readonly Value[];
  if (width === 1) return { values, codes: new Uint8Array(data.buffer, start, count) };
  if (width === 2) return { values, codes: new Uint16Array(data.buffer, start, count) };

  const codes = new Uint16Array(size);
  const pairs = new Uint16Array(data.buffer, start, count * 2);
  for (let at = 0; at < pairs.length; at += 2) codes[pairs[at] ?? 0] = pairs[at + 1] ?? 0;
  return { values, codes };
};

/** Writes moments, in milliseconds since 1970. */
export const packMoments = (moments: Float64Array): Uint8Array => bytesOf(moments);

/** Reads what {@link packMoments} wrote. */
export const unpackMoments = (packed: Uint8Array | undefined, size: number): Float64Array => {
  if (!packed) return new Float64Array(size);
  const data = aligned(packed);
  return new Float64Array(data.buffer, data.byteOffset, size);
};
