import { setImmediate as turn } from 'node:timers/promises';
import { compareIds, ID_BYTES, isContactId, type ContactIds } from '../domain/contact-ids.ts';

/** Ids compared between two turns of the event loop: about a millisecond. */
const STEPS = 32_768;
const FIRST_BYTES = 1_024 * ID_BYTES;

/** Ascending ids to which higher ones are added. */
class Run {
  #bytes = new Uint8Array(FIRST_BYTES);
  #length = 0;
  #last = '';

  /** Of bytes at the beginning of a buffer of their own. */
  static of(bytes: Uint8Array<ArrayBuffer>): Run {
    const run = new Run();
    run.#bytes = bytes;
    run.#length = bytes.length;
    run.#last = Buffer.from(bytes.slice(-ID_BYTES)).toString('latin1');
    return run;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  get length(): number {
    return this.#length;
  }

  endsBefore(id: string): boolean {
    return this.#last < id;
  }

  add(ids: readonly string[]): void {
    const end = this.#length + ids.length * ID_BYTES;
    if (end > this.#bytes.length) this.#grow(end);
    Buffer.from(this.#bytes.buffer).write(ids.join(''), this.#length, 'latin1');
    this.#length = end;
    this.#last = ids.at(-1) ?? this.#last;
  }

  #grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, this.#bytes.length * 2));
    larger.set(this.bytes);
    this.#bytes = larger;
  }
}

/** Both as one, without what is in both; other work gets its turn meanwhile. */
const merged = async (left: Uint8Array, right: Uint8Array): Promise<Uint8Array<ArrayBuffer>> => {
  const all = new Uint8Array(left.length + right.length);
  let [l, r, end] = [0, 0, 0];
  for (let steps = 1; l < left.length && r < right.length; steps += 1) {
    const order = compareIds(left, l, right, r);
    const [from, at] = order <= 0 ? [left, l] : [right, r];
    all.set(from.subarray(at, at + ID_BYTES), end);
    end += ID_BYTES;
    if (order <= 0) l += ID_BYTES;
    if (order >= 0) r += ID_BYTES;
    if (steps % STEPS === 0) await turn();
  }
  const rest = l < left.length ? left.subarray(l) : right.subarray(r);
  all.set(rest, end);
  return all.subarray(0, end + rest.length);
};

/** Runs of falling length, so that an id is merged only a few times however many runs there are. */
class Runs {
  readonly #runs: Run[] = [];

  /** Lanes give their people in order of id, so that one run takes a whole lane. */
  async add(ids: readonly string[]): Promise<void> {
    const sorted = [...new Set(ids.filter(isContactId))].sort();
    const [first] = sorted;
    if (first === undefined) return;
    const open = this.#runs.at(-1);
    if (open?.endsBefore(first) === true) {
      open.add(sorted);
      return;
    }
    await this.#settle((former, last) => former.length < 2 * last.length);
    const fresh = new Run();
    fresh.add(sorted);
    this.#runs.push(fresh);
  }

  async end(): Promise<Uint8Array> {
    await this.#settle(() => true);
    return this.#runs[0]?.bytes ?? new Uint8Array();
  }

  async #settle(isDue: (former: Run, last: Run) => boolean): Promise<void> {
    for (;;) {
      const [former, last] = this.#runs.slice(-2);
      if (!former || !last || !isDue(former, last)) return;
      this.#runs.splice(-2, 2, Run.of(await merged(former.bytes, last.bytes)));
    }
  }
}

/** Everybody named in chunks of ids, each once and in order, in memory that threads share instead of copying it. */
export const gathered = async (chunks: AsyncIterable<readonly string[]>): Promise<ContactIds> => {
  const runs = new Runs();
  for await (const ids of chunks) await runs.add(ids);
  const bytes = await runs.end();
  const packed = new Uint8Array(new SharedArrayBuffer(bytes.length));
  packed.set(bytes);
  return { packed };
};
