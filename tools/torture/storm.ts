import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import type { Random } from './random.ts';
import { HOOK, signatureOf, type Reached } from './viber-people.ts';

type Told = 'delivered' | 'seen';

/** One call that Viber makes. Calls that repeat each other share their stamp: such bodies are the same to the last byte. */
interface Callback extends Reached {
  readonly event: Told;
  readonly stamp: { at?: number };
}

/** When a person's first call of a kind left, and when it was answered; milliseconds, Infinity for never. */
export interface Moments {
  readonly from: Float64Array;
  readonly until: Float64Array;
}

export interface StormResult {
  readonly calls: number;
  /** Answered 200. */
  readonly taken: number;
  /** Answers that were repeated, by status; 0 where there was none. */
  readonly repeated: ReadonlyMap<number, number>;
  readonly from: number;
  readonly until: number;
  readonly answerMs: readonly number[];
  readonly moments: Readonly<Record<Told, Moments>>;
}

const CONNECTIONS = 64;
const AGAIN_AFTER_MS = 1_000;
const MOST_TRIES = 60;
const KINDS_OF_REPEATS = 3;

/** Three calls a person: delivered, seen, and one of them again, of another device or repeated as it was. */
const callsOf = (reached: Reached): readonly Callback[] => {
  const delivered: Callback = { ...reached, event: 'delivered', stamp: {} };
  const seen: Callback = { ...reached, event: 'seen', stamp: {} };
  const ofAnotherDevice: Callback = { ...delivered, stamp: {} };
  const again = [ofAnotherDevice, delivered, seen][reached.person % KINDS_OF_REPEATS];
  return [delivered, seen, again ?? ofAnotherDevice];
};

const shuffled = <Item>(items: readonly Item[], random: Random): readonly Item[] => {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = random.between(0, last);
    const held = mixed[last];
    mixed[last] = mixed[other] as Item;
    mixed[other] = held as Item;
  }
  return mixed;
};

const momentsOf = (people: number): Moments => ({
  from: new Float64Array(people).fill(Infinity),
  until: new Float64Array(people).fill(Infinity),
});

const bodyOf = ({ event, address, token, stamp }: Callback): string => {
  stamp.at ??= Date.now();
  const fields = JSON.stringify({ event, timestamp: stamp.at, user_id: address });
  return `${fields.slice(0, -1)},"message_token":${token}}`;
};

/** Viber's phones all at once: every call as soon as a connection is free, again until it is answered 200. */
export class Storm {
  readonly #pool: Pool;
  readonly #calls: readonly Callback[];
  readonly #moments: Readonly<Record<Told, Moments>>;
  readonly #repeated = new Map<number, number>();
  readonly #answerMs: number[] = [];

  constructor(url: string, reached: readonly Reached[], random: Random) {
    this.#pool = new Pool(url, { connections: CONNECTIONS });
    this.#calls = shuffled(reached.flatMap(callsOf), random);
    const people = Math.max(0, ...reached.map(({ person }) => person + 1));
    this.#moments = { delivered: momentsOf(people), seen: momentsOf(people) };
  }

  async rage(): Promise<StormResult> {
    const from = Date.now();
    const left = this.#calls.values();
    await Promise.all(Array.from({ length: CONNECTIONS }, () => this.#callAll(left)));
    const until = Date.now();
    await this.#pool.close();
    return {
      calls: this.#calls.length,
      taken: this.#answerMs.length,
      repeated: this.#repeated,
      from,
      until,
      answerMs: this.#answerMs,
      moments: this.#moments,
    };
  }

  async #callAll(left: Iterator<Callback>): Promise<void> {
    for (let next = left.next(); next.done !== true; next = left.next())
      await this.#call(next.value);
  }

  async #call(callback: Callback): Promise<void> {
    const { from, until } = this.#moments[callback.event];
    const { person } = callback;
    const body = bodyOf(callback);
    const begun = performance.now();
    from[person] = Math.min(from[person] ?? Infinity, begun);
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const triedAt = performance.now();
      const status = await this.#post(body);
      const now = performance.now();
      if (status === 200) {
        this.#answerMs.push(now - triedAt);
        until[person] = Math.min(until[person] ?? Infinity, now);
        return;
      }
      this.#repeated.set(status, (this.#repeated.get(status) ?? 0) + 1);
      await sleep(AGAIN_AFTER_MS);
    }
  }

  async #post(body: string): Promise<number> {
    try {
      const answer = await this.#pool.request({
        method: 'POST',
        path: HOOK,
        headers: {
          'content-type': 'application/json',
          'x-viber-content-signature': signatureOf(body),
        },
        body,
      });
      await answer.body.dump();
      return answer.statusCode;
    } catch {
      return 0;
    }
  }
}
