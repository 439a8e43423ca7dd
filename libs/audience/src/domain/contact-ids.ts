/** Bytes of a contact id: sixteen characters of ASCII, so that texts and bytes sort alike. */
export const ID_BYTES = 16;

const FORM = /^[\w-]{16}$/;

/** Distinct contact ids in ascending order, one after another. Plain bytes: threads can share them. */
export interface ContactIds {
  readonly packed: Uint8Array;
}

export const NOBODY: ContactIds = { packed: new Uint8Array() };

/** Whether a text can be the id of a contact at all. */
export const isContactId = (id: string): boolean => FORM.test(id);

export const countOf = ({ packed }: ContactIds): number => packed.length / ID_BYTES;

/** Before (< 0), same (0) or after (> 0): the ids that begin at these bytes. Called a million times for one answer. */
export const compareIds = (
  left: Uint8Array,
  leftAt: number,
  right: Uint8Array,
  rightAt: number,
): number => {
  for (let at = 0; at < ID_BYTES; at += 1) {
    const difference = (left[leftAt + at] ?? 0) - (right[rightAt + at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** The bytes of ids that stand one after another in a text. */
export const bytesOfIds = (ids: string): Uint8Array => {
  const bytes = new Uint8Array(ids.length);
  for (let at = 0; at < ids.length; at += 1) bytes[at] = ids.charCodeAt(at);
  return bytes;
};

/** The number of ids before the one at these bytes. */
export const idsBefore = ({ packed }: ContactIds, wanted: Uint8Array, wantedAt = 0): number => {
  let [from, to] = [0, packed.length / ID_BYTES];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (compareIds(packed, middle * ID_BYTES, wanted, wantedAt) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
};

/** Whether an id is among them. */
export const holdsId = (ids: ContactIds, id: string): boolean => {
  if (!isContactId(id)) return false;
  const wanted = bytesOfIds(id);
  const at = idsBefore(ids, wanted) * ID_BYTES;
  return at < ids.packed.length && compareIds(ids.packed, at, wanted, 0) === 0;
};

/** The ids as texts, in order. For few of them. */
export const textsOf = ({ packed }: ContactIds): readonly string[] => {
  const texts: string[] = [];
  for (let at = 0; at < packed.length; at += ID_BYTES) {
    texts.push(String.fromCharCode(...packed.subarray(at, at + ID_BYTES)));
  }
  return texts;
};
