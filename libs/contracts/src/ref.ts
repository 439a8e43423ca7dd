import { hash, timingSafeEqual } from 'node:crypto';

/**
 * What a button or link names: a place, a button of the content, and the content's revision. Without an index it names
 * the button for everybody in the lane; who pressed is then told by the messenger.
 */
export interface Ref {
  /** UUID of the broadcast. */
  readonly broadcastId: string;
  readonly lane: number;
  readonly index?: number;
  readonly button: number;
  readonly contentRevision: number;
}

const MAC_BYTES = 6;

const varint = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return bytes;
};

const BLOCK_BYTES = 64;

/** The two padded keys of HMAC (RFC 2104), kept for the secret at hand: a ref is signed for every button of every person. */
const paddedKeys = (secret: string): readonly [inner: Buffer, outer: Buffer] => {
  const bytes = Buffer.from(secret);
  const key = Buffer.alloc(BLOCK_BYTES);
  (bytes.length > BLOCK_BYTES ? hash('sha256', bytes, 'buffer') : bytes).copy(key);
  return [key.map((byte) => byte ^ 0x36), key.map((byte) => byte ^ 0x5c)].map((pad) =>
    Buffer.from(pad),
  ) as [Buffer, Buffer];
};

let padded: { readonly secret: string; readonly keys: readonly [Buffer, Buffer] } | undefined;

/** HMAC-SHA256, cut short. Two one-shot hashes cost a third of what an Hmac object does. */
const macOf = (secret: string, body: Buffer): Buffer => {
  if (padded?.secret !== secret) padded = { secret, keys: paddedKeys(secret) };
  const [inner, outer] = padded.keys;
  const first = hash('sha256', Buffer.concat([inner, body]), 'buffer');
  return hash('sha256', Buffer.concat([outer, first]), 'buffer').subarray(0, MAC_BYTES);
};

let lastId: { readonly id: string; readonly bytes: Buffer } | undefined;

/** Of a broadcast's UUID; the same one again and again. */
const idBytes = (id: string): Buffer => {
  if (lastId?.id !== id) lastId = { id, bytes: Buffer.from(id.replaceAll('-', ''), 'hex') };
  return lastId.bytes;
};

/**
 * A signed name of at most 40 characters of base64url: 16 bytes of broadcast, three or four small numbers, 6 bytes of MAC.
 * Guessing one costs 2^47 tries on average, each a request.
 */
export const signRef = (secret: string, ref: Ref): string => {
  const id = idBytes(ref.broadcastId);
  const { lane, index, button, contentRevision } = ref;
  const place = index === undefined ? [lane] : [lane, index];
  const numbers = [...place, button, contentRevision].flatMap(varint);
  const body = Buffer.concat([id, Buffer.from(numbers)]);
  return Buffer.concat([body, macOf(secret, body)]).toString('base64url');
};

/** The ref behind a text, or undefined where it was not signed with this secret. */
export const readRef = (secret: string, text: string): Ref | undefined => {
  if (!/^[\w-]{31,44}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) return undefined;
  const body = bytes.subarray(0, -MAC_BYTES);
  if (!timingSafeEqual(macOf(secret, body), bytes.subarray(-MAC_BYTES))) return undefined;

  const hex = body.subarray(0, 16).toString('hex');
  const numbers: number[] = [];
  let value = 0;
  let scale = 1;
  for (const byte of body.subarray(16)) {
    value += (byte % 128) * scale;
    scale *= 128;
    if (byte > 127) continue;
    numbers.push(value);
    value = 0;
    scale = 1;
  }
  const broadcastId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (numbers.length === 3) {
    const [lane = 0, button = 0, contentRevision = 0] = numbers;
    return { broadcastId, lane, button, contentRevision };
  }
  const [lane, index, button, contentRevision] = numbers;
  if (
    lane === undefined ||
    index === undefined ||
    button === undefined ||
    contentRevision === undefined
  )
    return undefined;
  return { broadcastId, lane, index, button, contentRevision };
};
