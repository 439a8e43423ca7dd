const SEED = 0x9747b28c;
const MIX = 0x5bd1e995;

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;

const wordAt = (bytes: Uint8Array, at: number): number =>
  byteAt(bytes, at) |
  (byteAt(bytes, at + 1) << 8) |
  (byteAt(bytes, at + 2) << 16) |
  (byteAt(bytes, at + 3) << 24);

/** Up to three bytes after the last whole word. */
const tailOf = (bytes: Uint8Array): number => {
  let tail = 0;
  for (let at = bytes.length - 1; at >= (bytes.length & ~3); at -= 1)
    tail = (tail << 8) | byteAt(bytes, at);
  return tail;
};

/** The 32-bit murmur2 hash by which Kafka's own clients choose partitions. Signed. */
export const murmur2 = (bytes: Uint8Array): number => {
  let hash = SEED ^ bytes.length;
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    let word = Math.imul(wordAt(bytes, at), MIX);
    word = Math.imul(word ^ (word >>> 24), MIX);
    hash = Math.imul(hash, MIX) ^ word;
  }
  if (bytes.length % 4 !== 0) hash = Math.imul(hash ^ tailOf(bytes), MIX);
  hash = Math.imul(hash ^ (hash >>> 13), MIX);
  return hash ^ (hash >>> 15);
};

/** The partition of a key, as every Kafka client chooses it: the same for ever while the number of partitions stays. */
export const partitionOf = (key: string, partitions: number): number =>
  (murmur2(Buffer.from(key, 'utf8')) & 0x7fffffff) % partitions;
