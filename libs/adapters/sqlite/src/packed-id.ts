/** An id as it lies on the disk: 16 bytes for a UUID in its usual form, the text itself otherwise. */
export type PackedId = Uint8Array | string;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const packId = (id: string): PackedId =>
  UUID.test(id) ? Buffer.from(id.replaceAll('-', ''), 'hex') : id;

export const unpackId = (packed: PackedId): string => {
  if (typeof packed === 'string') return packed;
  const hex = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
