import { streamPrefixes } from '@crier/contracts';
import { comparePositions, type EventStore } from '@crier/kernel';
import type { ReadModels } from './read-models.ts';
import { BroadcastProof, type ProofDeps } from './broadcast-proof.ts';
import { OrderProof } from './order-proof.ts';

/** What the events say of one broadcast, against what the read models say. */
export interface Verified {
  readonly id: string;
  readonly ok: boolean;
  /** In words, for people; empty where all is well. */
  readonly differences: readonly string[];
}

const ATTEMPTS = 3;
const MOST_DIFFERENCES = 20;

const idsOf = async (store: EventStore): Promise<readonly string[]> => {
  const ids: string[] = [];
  const stopping = new AbortController();
  const batches = store.subscribe({
    prefixes: [streamPrefixes.broadcast],
    types: ['BroadcastDrafted'],
    signal: stopping.signal,
  });
  for await (const { events, caughtUp } of batches) {
    for (const { stream } of events) ids.push(stream.slice(streamPrefixes.broadcast.length));
    if (caughtUp) break;
  }
  stopping.abort();
  return ids;
};

/** Whether the read models had folded everything that was stored. */
const isCurrent = async (store: EventStore, readModels: ReadModels): Promise<boolean> => {
  const head = await store.head();
  const serving = (await readModels.progress()).find(({ rebuilding }) => !rebuilding);
  return head === undefined || comparePositions(serving?.position ?? '0', head) >= 0;
};

const proved = async (id: string, deps: ProofDeps): Promise<Verified> => {
  for (let attempt = 1; ; attempt += 1) {
    const differences = await new BroadcastProof(id, deps).differences();
    if (differences.length === 0) return { id, ok: true, differences };
    if (attempt === ATTEMPTS)
      return { id, ok: false, differences: differences.slice(0, MOST_DIFFERENCES) };
    // What is being sent moves between two looks: those who are behind for a moment are no liars.
    if (await isCurrent(deps.store, deps.readModels)) attempt = ATTEMPTS - 1;
    await deps.orders.readOn();
  }
};

/**
 * Proves every broadcast from its events alone: a plain fold per recipient, lane by lane, against row, lanes, reasons and every
 * single recipient of the read models; and a plain sum of all orders against orders, sales, money and what recipients ordered.
 * Memory is flat: one byte and one reason a recipient of one lane, and a few sums a broadcast.
 * @throws Unavailable
 */
export const verify = async (
  store: EventStore,
  readModels: ReadModels,
  onVerified: (verified: Verified) => void = () => undefined,
): Promise<readonly Verified[]> => {
  const all: Verified[] = [];
  const deps = { store, readModels, orders: new OrderProof(store) };
  await deps.orders.readOn();
  for (const id of await idsOf(store)) {
    const verified = await proved(id, deps);
    onVerified(verified);
    all.push(verified);
  }
  return all;
};
