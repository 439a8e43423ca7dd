import { noBits, set, type Bits } from './bits.ts';

/** A column of few distinct values: `codes[position]` is 0 where there is none, else 1 + the index in `values`. */
export interface Coded<Value> {
  readonly values: ArrayLike<Value>;
  readonly codes: Uint8Array | Uint16Array;
}

const SPARSE = 0;
const BITMAP = 1;
const HEADER_BYTES = 16;
const NUMBERS = 1;
const TEXTS = 0;

const aligned = (data: Uint8Array): Uint8Array =>
  data.byteOffset % 8 === 0 ? data : new Uint8Array(data);

const bytesOf = (view: Uint8Array | Uint16Array | Uint32Array | Float64Array): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

interface Frame {
  readonly form: number;
  readonly count: number;
  /** How the dictionary of a coded column is written. */
  readonly dictionary?: number;
}

const framed = (
  { form, count, dictionary = TEXTS }: Frame,
  parts: readonly Uint8Array[],
): Uint8Array => Buffer.concat([bytesOf(Uint32Array.of(form, count, dictionary, 0)), ...parts]);

interface Unframed extends Required<Frame> {
  readonly buffer: ArrayBufferLike;
  /** Where the data after the header begins and ends in the buffer. */
  readonly start: number;
  readonly end: number;
}

const unframed = (packed: Uint8Array): Unframed => {
  const { buffer, byteOffset, byteLength } = aligned(packed);
  const [form = SPARSE, count = 0, dictionary = TEXTS] = new Uint32Array(buffer, byteOffset, 3);
  const [start, end] = [byteOffset + HEADER_BYTES, byteOffset + byteLength];
  return { form, count, dictionary, buffer, start, end };
};

/** Writes a set of positions (ascending) of `size` as a list or a bitmap, whichever is shorter. */
export const packSet = (members: Uint16Array, size: number): Uint8Array => {
  if (members.byteLength < size / 8)
    return framed({ form: SPARSE, count: members.length }, [bytesOf(members)]);
  const bits = noBits(size);
  for (const member of members) set(bits, member);
  return framed({ form: BITMAP, count: size }, [bytesOf(bits.words)]);
};

/** Reads what {@link packSet} wrote. */
export const unpackSet = (packed: Uint8Array | undefined, size: number): Bits => {
  if (!packed) return noBits(size);
  const { form, count, buffer, start } = unframed(packed);
  if (form === BITMAP) return { size, words: new Uint32Array(buffer, start, Math.ceil(size / 32)) };
  const bits = noBits(size);
  for (const member of new Uint16Array(buffer, start, count)) set(bits, member);
  return bits;
};

const sparsePairs = (codes: Uint16Array, present: number): Uint16Array => {
  const pairs = new Uint16Array(present * 2);
  let next = 0;
  for (const [position, code] of codes.entries()) {
    if (code === 0) continue;
    pairs[next] = position;
    pairs[next + 1] = code;
    next += 2;
  }
  return pairs;
};

const isNumbers = (values: readonly unknown[]): values is readonly number[] =>
  values.every((value) => typeof value === 'number');

/** Writes a coded column: as pairs of position and code where few have a value, else one or two bytes for each. */
export const packCoded = (codes: Uint16Array, values: readonly unknown[]): Uint8Array => {
  const [dictionary, written] = isNumbers(values)
    ? [NUMBERS, bytesOf(Float64Array.from(values))]
    : [TEXTS, Buffer.from(JSON.stringify(values))];
  const width = values.length < 256 ? 1 : 2;
  const present = codes.reduce((count, code) => (code === 0 ? count : count + 1), 0);
  if (present * 4 < codes.length * width) {
    const pairs = bytesOf(sparsePairs(codes, present));
    return framed({ form: SPARSE, count: present, dictionary }, [pairs, written]);
  }
  const dense = bytesOf(width === 1 ? Uint8Array.from(codes) : codes);
  return framed({ form: width, count: codes.length, dictionary }, [dense, written]);
};

const dictionaryOf = ({ buffer, end, dictionary }: Unframed, from: number): ArrayLike<unknown> =>
  dictionary === NUMBERS
    ? new Float64Array(buffer.slice(from, end))
    : (JSON.parse(Buffer.from(buffer, from, end - from).toString()) as readonly unknown[]);

/** Reads what {@link packCoded} wrote; no data is a column without values. */
export const unpackCoded = <Value>(packed: Uint8Array | undefined, size: number): Coded<Value> => {
  if (!packed) return { values: [], codes: new Uint8Array(size) };
  const frame = unframed(packed);
  const { form, count, buffer, start } = frame;
  const from = start + count * (form === SPARSE ? 4 : form);
  const values = dictionaryOf(frame, from) as ArrayLike<Value>;
  if (form === 1) return { values, codes: new Uint8Array(buffer, start, count) };
  if (form === 2) return { values, codes: new Uint16Array(buffer, start, count) };

  const codes = new Uint16Array(size);
  const pairs = new Uint16Array(buffer, start, count * 2);
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
