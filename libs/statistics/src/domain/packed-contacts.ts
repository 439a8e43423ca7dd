/** Contact ids of one page as they are stored: twelve bytes each where all have the usual form, JSON otherwise. */
export type PackedContacts = Uint8Array | string;

const BYTES_PER_ID = 12;
const USUAL_FORM = /^[A-Za-z0-9_-]{16}$/;

const listed = (packed: string): readonly string[] => JSON.parse(packed) as readonly string[];

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

export const packContacts = (ids: readonly string[]): PackedContacts =>
  ids.every((id) => USUAL_FORM.test(id))
    ? Buffer.from(ids.join(''), 'base64url')
    : JSON.stringify(ids);

/** The id at a slot, empty outside the page. */
export const contactAt = (packed: PackedContacts, slot: number): string => {
  if (typeof packed === 'string') return listed(packed)[slot] ?? '';
  const start = slot * BYTES_PER_ID;
  return viewOf(packed)
    .subarray(start, start + BYTES_PER_ID)
    .toString('base64url');
};

/** Where a contact lies in the page, −1 where it does not. */
export const slotOf = (packed: PackedContacts, contactId: string): number => {
  if (typeof packed === 'string') return listed(packed).indexOf(contactId);
  if (!USUAL_FORM.test(contactId)) return -1;
  const all = viewOf(packed);
  const wanted = Buffer.from(contactId, 'base64url');
  let found = all.indexOf(wanted);
  while (found >= 0 && found % BYTES_PER_ID !== 0) found = all.indexOf(wanted, found + 1);
  return found < 0 ? -1 : found / BYTES_PER_ID;
};
