import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import {
  Clock,
  IllegalHistory,
  LeaseStore,
  Unavailable,
  whileLeased,
  type Lease,
  type LeasedWork,
} from './index.ts';
import { describeLeaseStore } from './testing/index.ts';

const TTL = 1_000;
const NAME = 'projector';

class MemoryLeases extends LeaseStore {
  readonly #leases = new Map<string, Lease>();

  read(name: string): Promise<Lease | undefined> {
    return Promise.resolve(this.#leases.get(name));
  }

  swap(name: string, expected: Lease | undefined, next: Lease): Promise<boolean> {
    const found = this.#leases.get(name);
    const stands =
      found?.holder === expected?.holder &&
      found?.token === expected?.token &&
      found?.beat === expected?.beat;
    if (stands) this.#leases.set(name, next);
    return Promise.resolve(stands);
  }
}

/** One process's way to the store. */
class Link extends LeaseStore {
  readonly #leases: LeaseStore;
  state: 'up' | 'down' | 'silent' | 'answers are lost' | 'broken' = 'up';

  constructor(leases: LeaseStore) {
    super();
    this.#leases = leases;
  }

  read(name: string): Promise<Lease | undefined> {
    return this.#through(() => this.#leases.read(name));
  }

  swap(name: string, expected: Lease | undefined, next: Lease): Promise<boolean> {
    return this.#through(() => this.#leases.swap(name, expected, next));
  }

  async #through<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    if (this.state === 'silent') return new Promise<never>(() => undefined);
    if (this.state === 'down') throw new Unavailable('down');
    if (this.state === 'broken') throw new IllegalHistory('broken');
    const answer = await ask();
    if (this.state === 'answers are lost') throw new Unavailable('the answer was lost');
    return answer;
  }
}

/** Time that passes only when told to. */
class HandClock extends Clock {
  #now = 0;
  readonly #sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();

  now(): string {
    return new Date(this.#now).toISOString();
  }

  monotonicMs(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper = {
        until: this.#now + ms,
        wake: () => {
          this.#sleepers.delete(sleeper);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', sleeper.wake, { once: true });
    });
  }

  /** Everything that is due meanwhile happens in its order. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await turn();
    for (;;) {
      const [next] = [...this.#sleepers].sort((a, b) => a.until - b.until);
      if (!next || next.until > end) break;
      this.#now = Math.max(this.#now, next.until);
      next.wake();
      await turn();
    }
    this.#now = end;
  }
}

describeLeaseStore('in memory', () =>
  Promise.resolve({ port: new MemoryLeases(), close: () => Promise.resolve() }),
);

describe('whileLeased', () => {
  let clock: HandClock;
  let leases: MemoryLeases;
  let log: string[];
  let ends: AbortController[];
  beforeEach(() => {
    clock = new HandClock();
    leases = new MemoryLeases();
    log = [];
    ends = [];
  });
  afterEach(async () => {
    for (const end of ends) end.abort();
    await clock.pass(TTL);
  });

  /** A process that notes when it works; `endsMs`: how long its work takes to end. */
  const process = (holder: string, endsMs = 0, instead?: LeasedWork) => {
    const link = new Link(leases);
    const end = new AbortController();
    ends.push(end);
    const noted: LeasedWork = async ({ token, signal }) => {
      log.push(`${holder} begins ${token}`);
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
        if (signal.aborted) resolve();
      });
      if (endsMs > 0) await clock.sleep(endsMs);
      log.push(`${holder} ends`);
    };
    const options = { leases: link, name: NAME, holder, clock, ttlMs: TTL, signal: end.signal };
    return { link, end: () => end.abort(), done: whileLeased(options, instead ?? noted) };
  };

  it('lets one work and the others wait, as long as it lives', async () => {
    process('a');
    await clock.pass(1);
    process('b');
    process('c');
    await clock.pass(20 * TTL);
    expect(log).toEqual(['a begins 1']);
  });

  it('lets a standby take over after a ttl of silence, not before', async () => {
    await leases.swap(NAME, undefined, { holder: 'dead', token: 7, beat: 3 });
    process('b');
    await clock.pass(TTL - 1);
    expect(log).toEqual([]);
    await clock.pass(TTL / 4);
    expect(log).toEqual(['b begins 8']);
  });

  it.each(['down', 'silent'] as const)(
    'ends the work of a holder whose store is %s before another begins',
    async (state) => {
      const a = process('a');
      await clock.pass(TTL);
      process('b');
      await clock.pass(1.6 * TTL);
      a.link.state = state;
      await clock.pass(2 * TTL);
      expect(log).toEqual(['a begins 1', 'a ends', 'b begins 2']);
      a.link.state = 'up';
      await clock.pass(5 * TTL);
      expect(log).toHaveLength(3);
    },
  );

  it('survives an outage that is shorter than that', async () => {
    const a = process('a');
    await clock.pass(TTL);
    process('b');
    await clock.pass(TTL);
    for (let times = 0; times < 5; times += 1) {
      a.link.state = 'down';
      await clock.pass(TTL / 2 - 1);
      a.link.state = 'up';
      await clock.pass(TTL / 2);
    }
    expect(log).toEqual(['a begins 1']);
  });

  it('does not take the lost answer of a renewal for a loss', async () => {
    const a = process('a');
    await clock.pass(TTL);
    process('b');
    a.link.state = 'answers are lost';
    await clock.pass(TTL / 4);
    a.link.state = 'up';
    await clock.pass(10 * TTL);
    expect(log).toEqual(['a begins 1']);
  });

  it('gives the lease back at the end, and the next takes over at once', async () => {
    const a = process('a');
    await clock.pass(TTL);
    process('b');
    await clock.pass(3 * TTL);
    a.end();
    await a.done;
    expect(log).toEqual(['a begins 1', 'a ends']);
    await clock.pass(TTL / 4);
    expect(log).toEqual(['a begins 1', 'a ends', 'b begins 2']);
  });

  it('keeps the lease while the work is still ending', async () => {
    const a = process('a', 5 * TTL);
    await clock.pass(TTL);
    process('b');
    await clock.pass(TTL);
    a.end();
    await clock.pass(4 * TTL);
    expect(log).toEqual(['a begins 1']);
    await clock.pass(2 * TTL);
    expect(log).toEqual(['a begins 1', 'a ends', 'b begins 2']);
  });

  it('hands on the error of the work, and gives the lease back', async () => {
    const failing = process('a', 0, () => Promise.reject(new IllegalHistory('a fault')));
    await expect(failing.done).rejects.toThrow('a fault');
    process('b');
    await clock.pass(1);
    expect(log).toEqual(['b begins 2']);
  });

  it('ends the work when the store fails for good, and says so', async () => {
    const a = process('a');
    await clock.pass(TTL);
    a.link.state = 'broken';
    const outcome = expect(a.done).rejects.toThrow('broken');
    await clock.pass(TTL / 2);
    await outcome;
    expect(log).toEqual(['a begins 1', 'a ends']);
  });

  it('ends at once while it waits', async () => {
    await leases.swap(NAME, undefined, { holder: 'x', token: 1, beat: 0 });
    const waiting = process('b');
    await clock.pass(TTL / 2);
    waiting.end();
    await waiting.done;
    expect(log).toEqual([]);
  });
});
