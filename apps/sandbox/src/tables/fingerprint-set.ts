import type { Hash64 } from '../hash.ts';

const FIRST_CAPACITY = 1 << 12;

interface Slots {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  readonly mask: number;
}

const slotsOf = (capacity: number): Slots => ({
  high: new Uint32Array(capacity),
  low: new Uint32Array(capacity),
  mask: capacity - 1,
});

/** Puts the pair where it belongs; false when it is there already. Two zeros mean an empty slot. */
const place = (slots: Slots, high: number, low: number): boolean => {
  for (let slot = low & slots.mask; ; slot = (slot + 1) & slots.mask) {
    if (slots.high[slot] === 0 && slots.low[slot] === 0) {
      slots.high[slot] = high;
      slots.low[slot] = low;
      return true;
    }
    if (slots.high[slot] === high && slots.low[slot] === low) return false;
  }
};

/** A set of 64-bit hashes at about 11 to 16 bytes each: millions of them stay small. */
export class FingerprintSet {
  #slots = slotsOf(FIRST_CAPACITY);
  #size = 0;

  /** True when the hash was not there before. */
  add({ high, low }: Hash64): boolean {
    const isNew = place(this.#slots, high, high === 0 && low === 0 ? 1 : low);
    if (!isNew) return false;
    this.#size += 1;
    if (this.#size > this.#slots.mask * 0.75) this.#grow();
    return true;
  }

  #grow(): void {
    const wider = slotsOf((this.#slots.mask + 1) * 2);
    for (const [slot, high] of this.#slots.high.entries()) {
      const low = this.#slots.low[slot] ?? 0;
      if (high !== 0 || low !== 0) place(wider, high, low);
    }
    this.#slots = wider;
  }
}
