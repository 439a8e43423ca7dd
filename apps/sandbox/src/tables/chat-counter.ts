import { hashInteger } from '../hash.ts';

const FIRST_CAPACITY = 1 << 8;

interface Slots {
  readonly chats: Float64Array;
  readonly counts: Uint32Array;
  readonly mask: number;
}

const slotsOf = (capacity: number): Slots => ({
  chats: new Float64Array(capacity),
  counts: new Uint32Array(capacity),
  mask: capacity - 1,
});

/** Adds to the chat's count and returns it. No chat has the id 0, so 0 means an empty slot. */
const increase = (slots: Slots, chat: number, by: number): number => {
  let slot = hashInteger(chat) & slots.mask;
  while (slots.chats[slot] !== 0 && slots.chats[slot] !== chat) slot = (slot + 1) & slots.mask;
  slots.chats[slot] = chat;
  const count = (slots.counts[slot] ?? 0) + by;
  slots.counts[slot] = count;
  return count;
};

/** Counts by chat at 16 to 24 bytes a chat. */
export class ChatCounter {
  #slots = slotsOf(FIRST_CAPACITY);
  #size = 0;

  /** How many chats were counted. */
  get size(): number {
    return this.#size;
  }

  /** Counts one more for this chat and returns its count: 1 the first time. */
  increment(chat: number): number {
    const count = increase(this.#slots, chat, 1);
    if (count === 1) {
      this.#size += 1;
      if (this.#size > this.#slots.mask * 0.75) this.#grow();
    }
    return count;
  }

  #grow(): void {
    const wider = slotsOf((this.#slots.mask + 1) * 2);
    for (const [slot, chat] of this.#slots.chats.entries())
      if (chat !== 0) increase(wider, chat, this.#slots.counts[slot] ?? 0);
    this.#slots = wider;
  }
}
