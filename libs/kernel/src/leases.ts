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

/**
 * Waits for a lease, works while it is held, and waits again when it was lost, until `signal` aborts; then it is given back.
 * Time is measured by this process's own clock only: whoever has seen the same beat for `ttlMs` takes over. A holder that
 * could not renew for three quarters of that stops by itself, before another begins.
 */
export const whileLeased = async (options: LeaseOptions, work: LeasedWork): Promise<void> => {
  while (!options.signal.aborted) {
    const lease = await acquire(options);
    if (lease) await hold(options, lease, work);
  }
};

const acquire = async ({
  leases,
  name,
  holder,
  clock,
  ttlMs,
  signal,
}: LeaseOptions): Promise<Lease | undefined> => {
  let seen: Lease | undefined;
  let seenAt = clock.monotonicMs();
  while (!signal.aborted) {
    const now = clock.monotonicMs();
    const found = await passing(() => leases.read(name), seen);
    if (found?.beat !== seen?.beat || found?.token !== seen?.token) seenAt = now;
    seen = found;
    if (!seen || seen.holder === NOBODY || now - seenAt >= ttlMs) {
      const next = { holder, token: (seen?.token ?? 0) + 1, beat: 0 };
      if (await passing(() => leases.swap(name, seen, next), false)) return next;
    }
    await clock.sleep(ttlMs / BEATS_PER_TTL, signal);
  }
  return undefined;
};

const hold = async (options: LeaseOptions, lease: Lease, work: LeasedWork): Promise<void> => {
  const { leases, name, signal } = options;
  const lost = new AbortController();
  const ended = new AbortController();
  const working = work({
    token: lease.token,
    signal: AbortSignal.any([signal, lost.signal]),
  }).finally(() => {
    ended.abort();
  });
  const last = await renew(options, lease, AbortSignal.any([signal, ended.signal]));
  lost.abort();
  await working;
  if (last) await passing(() => leases.swap(name, last, { ...last, holder: NOBODY }), false);
};

/** Renews until told to end; what then stands in the store, or undefined when the lease was lost. */
const renew = async (
  { leases, name, clock, ttlMs }: LeaseOptions,
  lease: Lease,
  signal: AbortSignal,
): Promise<Lease | undefined> => {
  let current = lease;
  let renewedAt = clock.monotonicMs();
  for (;;) {
    await clock.sleep(ttlMs / BEATS_PER_TTL, signal);
    if (signal.aborted) return current;
    const next = { ...current, beat: current.beat + 1 };
    const askedAt = clock.monotonicMs();
    const renewed = await passing<boolean | undefined>(
      () => leases.swap(name, current, next),
      undefined,
    );
    if (renewed === true) {
      current = next;
      renewedAt = askedAt;
    } else if (renewed === false) {
      // Either another has it, or the answer to our own last renewal was lost.
      const found = await passing(() => leases.read(name), undefined);
      if (found && (found.holder !== lease.holder || found.token !== lease.token)) return undefined;
      if (found) current = found;
    }
    if (clock.monotonicMs() - renewedAt >= (ttlMs * 3) / BEATS_PER_TTL) return undefined;
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
