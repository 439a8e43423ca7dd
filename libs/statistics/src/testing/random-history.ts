import { broadcastStream, type BroadcastEvent } from '@crier/contracts';
import { seededRandom, type Random } from '@crier/kernel/testing';
import { untilFrozen, type Fact } from './facts.ts';
import { RandomLane } from './random-lane.ts';
import { randomOrders } from './random-orders.ts';

const MOST_STEPS = 400;

/** Contact ids in the usual form and in ascending order. */
export const contactIds = (count: number, prefix = 'c'): string[] =>
  Array.from(
    { length: count },
    (_, n) => `${prefix}${String(n).padStart(16 - prefix.length, '0')}`,
  );

const totalsOf = (lanes: readonly RandomLane[]) => {
  const totals = { planned: 0, sent: 0, failed: 0, skipped: 0, unconfirmed: 0 };
  for (const lane of lanes) {
    const { sent, failed, skipped, unconfirmed } = lane.totals;
    totals.sent += sent;
    totals.failed += failed;
    totals.skipped += skipped;
    totals.unconfirmed += unconfirmed;
    totals.planned += sent + failed + skipped + unconfirmed;
  }
  return totals;
};

/** One broadcast's whole story: windows, doubts, orders to retry, holds, perhaps a stop; legal from beginning to end. */
const story = (random: Random, id: string): Fact[] => {
  const sizes = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
    Math.floor(1 + random() * 12),
  );
  const facts = untilFrozen({
    id,
    lanes: sizes.map((size, lane) => contactIds(size, `${lane}`)),
    batch: 1 + Math.floor(random() * 5),
  });
  const lanes = sizes.map(
    (planned, lane) => new RandomLane(random, { broadcastId: id, lane, planned }),
  );
  const life = (event: BroadcastEvent, second: number) =>
    facts.push({ stream: broadcastStream(id), event, second });
  let stopped = false;
  let orders = 0;
  for (let second = 1; second < MOST_STEPS; second += 1) {
    const lane = lanes[Math.floor(random() * lanes.length)]!;
    const fact = lane.step(second * 7, stopped);
    if (fact) facts.push(fact);
    if (!stopped && random() < 0.01) {
      stopped = true;
      life({ type: 'BroadcastStopped', data: { broadcastId: id } }, second * 7);
    } else if (!stopped && random() < 0.02) {
      life({ type: 'LaneHeld', data: { broadcastId: id, lane: 0, reason: 'breaker' } }, second * 7);
      life({ type: 'LaneResumed', data: { broadcastId: id, lane: 0 } }, second * 7);
    }
    if (!lanes.every(({ completed, order }) => completed && (stopped || order === orders)))
      continue;
    life(
      {
        type: 'BroadcastCompleted',
        data: { broadcastId: id, order: orders, totals: totalsOf(lanes) },
      },
      second * 7,
    );
    if (stopped || random() < 0.4) break;
    orders += 1;
    const what = random() < 0.5 ? 'failed' : 'unconfirmed';
    life({ type: 'RetryRequested', data: { broadcastId: id, order: orders, what } }, second * 7);
    for (const one of lanes) facts.push(one.reopen(what, second * 7));
  }
  return facts;
};

/** The story with orders in it, from the freeze on: as many streams as orders, each in its own order. */
const withOrders = (random: Random, told: readonly Fact[], count: number): Fact[] => {
  const facts = [...told];
  const frozen = facts.findIndex(({ event }) => event.type === 'AudienceFrozen');
  const event = facts[frozen]?.event;
  if (event?.type !== 'AudienceFrozen') return facts;
  const { broadcastId, lanes } = event.data;
  const placed = { broadcastId, lanes: lanes.map(({ planned }) => planned) };
  let next = frozen + 1;
  for (const fact of randomOrders(random, placed, count)) {
    next += Math.floor(random() * (facts.length + 1 - next) * 0.1);
    facts.splice(next, 0, fact);
    next += 1;
  }
  return facts;
};

/** The stories of several broadcasts, with so many orders in each, shuffled into one another; the same for the same seed. */
export const randomHistory = (seed: number, broadcasts = 2, orders = 0): readonly Fact[] => {
  const random = seededRandom(seed);
  const buying = seededRandom(seed + 1_000_003);
  const stories = Array.from({ length: broadcasts }, (_, n) =>
    withOrders(buying, story(random, `story-${seed}-${n}`), orders),
  );
  const facts: Fact[] = [];
  while (stories.some(({ length }) => length > 0)) {
    const fact = stories[Math.floor(random() * stories.length)]?.shift();
    if (fact) facts.push(fact);
  }
  return facts;
};
