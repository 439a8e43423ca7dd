/** 64 bits as two unsigned halves, since a number holds only 53 exactly. */
export interface Hash64 {
  readonly high: number;
  readonly low: number;
}

const scramble = (bits: number): number => {
  let mixed = bits ^ (bits >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};

/** A stable 64-bit hash of a text: the same in every process and release. Not for secrets. */
export const hashText = (text: string): Hash64 => {
  let high = 0x9e3779b9;
  let low = 0x7f4a7c15;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x5bd1e995);
    high ^= high >>> 15;
    low = Math.imul(low + unit, 0x2c1b3c6d);
    low ^= low >>> 13;
  }
  return { high: scramble(high ^ text.length), low: scramble(low ^ high) };
};

/** A stable, evenly spread unsigned 32-bit hash of a safe integer. */
export const hashInteger = (value: number): number =>
  scramble((value | 0) ^ scramble(Math.floor(value / 0x1_0000_0000) | 0));

/** Joins what was said with who said it to whom. */
export const hashAddressed = (content: Hash64, bot: number, chat: number): Hash64 => {
  const address = scramble(hashInteger(chat) ^ Math.imul(bot + 1, 0x27d4eb2f));
  return {
    high: scramble(content.high ^ address),
    low: scramble(content.low + Math.imul(address, 0x165667b1) + (chat | 0)),
  };
};

/** Sixteen hexadecimal digits. */
export const hexOf = ({ high, low }: Hash64): string =>
  high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');

/**
 * The slot, from 0 to `of` − 1, that a chat belongs to for ever. A rule with
 * `share: { of, is }` concerns exactly the chats whose slot is `is`.
 */
export const chatShare = (chat: number, of: number): number => hashInteger(chat) % of;
