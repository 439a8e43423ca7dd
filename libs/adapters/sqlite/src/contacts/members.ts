import { compareIds, ID_BYTES, idsBefore, type ContactIds } from '@crier/audience';
import { noBits, set, type Bits } from './bits.ts';

/** Who of a segment is among these people: one walk along both, which are in the same order. */
export const membersOf = (
  people: ContactIds,
  columns: { readonly size: number; ids(): Uint8Array },
): Bits => {
  const bits = noBits(columns.size);
  const { packed } = people;
  if (packed.length === 0 || columns.size === 0) return bits;
  const ids = columns.ids();
  let next = idsBefore(people, ids) * ID_BYTES;
  for (let position = 0; position < columns.size && next < packed.length; position += 1) {
    const at = position * ID_BYTES;
    let order = compareIds(packed, next, ids, at);
    while (order < 0 && (next += ID_BYTES) < packed.length)
      order = compareIds(packed, next, ids, at);
    if (order === 0) set(bits, position);
  }
  return bits;
};
