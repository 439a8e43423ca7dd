/** Bytes from the beginning of a file that {@link sniff} looks at. */
export const SNIFFED_BYTES = 64;

const UNKNOWN = 'application/octet-stream';
const IMAGE_BRANDS = ['heic', 'heix', 'mif1', 'msf1', 'avif', 'avis'];

const at = (start: Uint8Array, offset: number, bytes: string): boolean =>
  Buffer.from(start)
    .subarray(offset, offset + bytes.length)
    .toString('latin1') === bytes;

const isoMedia = (start: Uint8Array): string => {
  const brand = Buffer.from(start).subarray(8, 12).toString('latin1');
  if (IMAGE_BRANDS.includes(brand)) return UNKNOWN;
  return brand.startsWith('M4A') ? 'audio/mp4' : 'video/mp4';
};

// A frame of layer III: eleven bits of synchronisation, a version that exists, layer 01.
const isMp3Frame = ([first = 0, second = 0]: Uint8Array): boolean =>
  first === 0xff && (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08;

const TABLE: readonly (readonly [(start: Uint8Array) => boolean, string])[] = [
  [(start) => at(start, 0, '\xff\xd8\xff'), 'image/jpeg'],
  [(start) => at(start, 0, '\x89PNG\r\n\x1a\n'), 'image/png'],
  [(start) => at(start, 0, 'GIF87a') || at(start, 0, 'GIF89a'), 'image/gif'],
  [(start) => at(start, 0, 'RIFF') && at(start, 8, 'WEBP'), 'image/webp'],
  [(start) => at(start, 0, '%PDF-'), 'application/pdf'],
  [(start) => at(start, 0, 'OggS'), 'audio/ogg'],
  [(start) => at(start, 0, 'ID3') || isMp3Frame(start), 'audio/mpeg'],
];

/** The content type that a file's first bytes tell: the common image, video and audio forms and PDF. */
export const sniff = (start: Uint8Array): string => {
  if (at(start, 4, 'ftyp')) return isoMedia(start);
  if (at(start, 0, '\x1aE\xdf\xa3')) {
    return Buffer.from(start).includes('webm') ? 'video/webm' : UNKNOWN;
  }
  return TABLE.find(([fits]) => fits(start))?.[1] ?? UNKNOWN;
};
