import { AppError } from './errors.ts';
import type { Clock } from './clock.ts';

/** Who works alone at something. */
export interface Lease {
  readonly holder: string;
  /** One higher with every new holder: what a former one still does can be told by it. */
  readonly token: number;
  /** Changes as long as the holder lives. */
  readonly beat: number;
}

/** One small record per name, replaced only by who has seen what stands there. */
export abstract class LeaseStore {
  /** @throws Unavailable */
  abstract read(name: string): Promise<Lease | undefined>;
  /** Puts `next` where `expected` still stands (`undefined`: where nothing stands). False where it does not. @throws Unavailable */
  abstract swap(name: string, expected: Lease | undefined, next: Lease): Promise<boolean>;
}

export interface LeaseOptions {
  readonly leases: LeaseStore;
  readonly name: string;
  /** Another text for every process. */
  readonly holder: string;
  readonly clock: Clock;
  /** A holder that has not been seen to live for so long is replaced. */
  readonly ttlMs: number;
  readonly signal: AbortSignal;
}

/** `signal` aborts when the lease is lost, or given back. */
export type LeasedWork = (held: {
  readonly token: number;
  readonly signal: AbortSignal;
}) => Promise<void>;

/** A lease that nobody holds any more, left behind so that tokens go on rising. */
const NOBODY = '';
const BEATS_PER_TTL = 4;
/** Of the ttl: a holder that could not renew for so long stops. */
const TRUSTED = 3 / BEATS_PER_TTL;

/** A lease as its holder last surely had it, and when he asked for that: until `askedAt` + ttl nobody else begins. */
interface Held {
  readonly lease: Lease;
  readonly askedAt: number;
}

/**
 * Waits for a lease, works while it is held, and waits again when it was lost, until `signal` aborts; then, when the work has
 * ended, it is given back. Time is measured by this process's own clock only: whoever has seen the same beat for `ttlMs` takes
 * over. A holder that could not renew for three quarters of that stops by itself, before another begins.
 * @throws what the work throws, and what is no outage of the store
 */
export const whileLeased = async (options: LeaseOptions, work: LeasedWork): Promise<void> => {
  while (!options.signal.aborted) {
    const held = await acquire(options);
    if (held) await hold(options, held, work);
  }
};

const acquire = async (options: LeaseOptions): Promise<Held | undefined> => {
  const { leases, name, holder, clock, ttlMs, signal } = options;
  let seen: Lease | undefined;
  let seenAt = clock.monotonicMs();
  while (!signal.aborted) {
    const found = await passing(() => leases.read(name), seen);
    // Looked at only now: what was read may have been written as late as this.
    const now = clock.monotonicMs();
    if (!isSame(found, seen)) seenAt = now;
    seen = found;
    if (isFree(seen) || now - seenAt >= ttlMs) {
      const lease = { holder, token: (seen?.token ?? 0) + 1, beat: 0 };
      if (await passing(() => leases.swap(name, seen, lease), false))
        return { lease, askedAt: now };
    }
    await clock.sleep(ttlMs / BEATS_PER_TTL, signal);
  }
  return undefined;
};

const isSame = (one: Lease | undefined, other: Lease | undefined): boolean =>
  one?.beat === other?.beat && one?.token === other?.token;

const isFree = (lease: Lease | undefined): boolean => !lease || lease.holder === NOBODY;

/** The lease is renewed until the work has ended, also while it is ending. */
const hold = async (options: LeaseOptions, held: Held, work: LeasedWork): Promise<void> => {
  const { leases, name, signal } = options;
  const lost = new AbortController();
  const ended = new AbortController();
  const { token } = held.lease;
  const working = work({ token, signal: AbortSignal.any([signal, lost.signal]) }).finally(() => {
    ended.abort();
  });
  const renewing = renew(options, held, ended.signal).finally(() => {
    lost.abort();
  });
  const [worked, renewed] = await Promise.allSettled([working, renewing]);
  const last = renewed.status === 'fulfilled' ? renewed.value : undefined;
  if (last) await passing(() => leases.swap(name, last, { ...last, holder: NOBODY }), false);
  for (const one of [worked, renewed]) if (one.status === 'rejected') throw one.reason;
};

/** Renews until told to end; what then stands in the store, or undefined when the lease is lost or may be. */
const renew = async (
  options: LeaseOptions,
  held: Held,
  ended: AbortSignal,
): Promise<Lease | undefined> => {
  const { clock, ttlMs } = options;
  let current: Held | undefined = held;
  while (current) {
    const until: number = current.askedAt + ttlMs * TRUSTED;
    const left = until - clock.monotonicMs();
    if (left <= 0) return undefined;
    await clock.sleep(Math.min(left, ttlMs / BEATS_PER_TTL), ended);
    if (ended.aborted) return current.lease;
    current = await inTime(clock, until, renewed(options, current));
  }
  return undefined;
};

/** One renewal: what is held after it, undefined where another holds it. */
const renewed = async (
  { leases, name, clock }: LeaseOptions,
  held: Held,
): Promise<Held | undefined> => {
  const { lease } = held;
  const next = { ...lease, beat: lease.beat + 1 };
  const askedAt = clock.monotonicMs();
  const swapped = await passing(() => leases.swap(name, lease, next), undefined);
  if (swapped === undefined) return held;
  if (swapped) return { lease: next, askedAt };
  // Either another has it, or the answer to our own last renewal was lost.
  const found = await passing(() => leases.read(name), lease);
  const isOurs = found?.holder === lease.holder && found.token === lease.token;
  return isOurs ? { ...held, lease: found } : undefined;
};

/** What comes of `asked`, or undefined when it is not answered by then: a store may leave a question open for long. */
const inTime = async <Answer>(
  clock: Clock,
  until: number,
  asked: Promise<Answer>,
): Promise<Answer | undefined> => {
  const answered = new AbortController();
  const late = clock.sleep(until - clock.monotonicMs(), answered.signal).then(() => undefined);
  try {
    return await Promise.race([asked, late]);
  } finally {
    answered.abort();
  }
};

const passing = async <Result>(ask: () => Promise<Result>, otherwise: Result): Promise<Result> => {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AppError && error.verdict === 'retry') return otherwise;
    throw error;
  }
};
