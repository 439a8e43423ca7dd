/** Contact ids of one page as they lie on the disk: twelve bytes each where all have the usual form, JSON otherwise. */
export type PackedContacts = Uint8Array | string;

const BYTES = 12;
const OPAQUE = /^[A-Za-z0-9_-]{16}$/;

const pack = (id: string): Buffer => Buffer.from(id, 'base64url');

export const packContacts = (ids: readonly string[]): PackedContacts =>
  ids.every((id) => OPAQUE.test(id)) ? Buffer.from(ids.join(''), 'base64url') : JSON.stringify(ids);

export const contactAt = (packed: PackedContacts, slot: number): string => {
  if (typeof packed === 'string') return (JSON.parse(packed) as readonly string[])[slot] ?? '';
  return Buffer.from(packed.buffer, packed.byteOffset + slot * BYTES, BYTES).toString('base64url');
};

/** All ids, in order. */
export const unpackContacts = (packed: PackedContacts): readonly string[] =>
  typeof packed === 'string'
    ? (JSON.parse(packed) as readonly string[])
    : Array.from({ length: packed.byteLength / BYTES }, (_, slot) => contactAt(packed, slot));

/** Where a contact lies in the page, −1 where it does not. */
export const slotOf = (packed: PackedContacts, contactId: string): number => {
  if (typeof packed === 'string')
    return (JSON.parse(packed) as readonly string[]).indexOf(contactId);
  if (!OPAQUE.test(contactId)) return -1;
  const all = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const wanted = pack(contactId);
  for (let at = all.indexOf(wanted); at >= 0; at = all.indexOf(wanted, at + 1))
    if (at % BYTES === 0) return at / BYTES;
  return -1;
};
