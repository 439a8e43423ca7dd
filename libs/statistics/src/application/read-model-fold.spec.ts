import { broadcastStream, deliveryStream, type DeliveryEvent } from '@crier/contracts';
import { describe, expect, it } from '@jest/globals';
import { EmptyGeneration } from '../testing/empty-generation.ts';
import { asStored, at, untilFrozen, type Fact } from '../testing/facts.ts';
import { given, givenThen, seen } from '../testing/given.ts';
import { contactIds, randomHistory } from '../testing/random-history.ts';
import { LaneProof } from './lane-proof.ts';
import { ReadModelFold } from './read-model-fold.ts';

const ID = 'one';
const ids = contactIds(4);
const frozen = untilFrozen({ id: ID, lanes: [ids], batch: 3 });

const lane = (event: DeliveryEvent, second = 60): Fact => ({
  stream: deliveryStream(ID, 0),
  event,
  second,
});
const turned = (...settled: Extract<DeliveryEvent, { type: 'WindowTurned' }>['data']['settled']) =>
  lane({ type: 'WindowTurned', data: { epoch: 'e', settled } });
const completed = (
  order: number,
  totals: readonly [number, number, number, number],
  stopped = 0,
) => {
  const [sent, failed, skipped, unconfirmed] = totals;
  const data = { order, sent, failed, skipped, unconfirmed, stopped };
  return lane({ type: 'LaneCompleted', data });
};
const reopened = (what: 'failed' | 'unconfirmed', count: number) =>
  lane({ type: 'LaneReopened', data: { order: 1, what, count } });

describe('what lanes tell', () => {
  it('counts outcomes and their reasons, and those who were returned still wait', async () => {
    const { row, report, places } = await given([
      ...frozen,
      turned(
        [0, 'sent'],
        [1, 'failed', { reason: 'blocked' }],
        [3, 'failed', { reason: 'blocked' }],
      ),
      turned([2, 'returned', { reason: 'rate_limited' }]),
    ]);
    expect(row).toMatchObject({ planned: 4, sent: 1, failed: 2, waiting: 1, progressAt: at(60) });
    expect(report.reasons).toEqual({ failed: { blocked: 2 }, skipped: {}, unconfirmed: {} });
    expect(report.excluded).toEqual({ no_connection: 2 });
    expect(places.map(({ outcome }) => outcome)).toEqual(['sent', 'failed', 'waiting', 'failed']);
    expect(report.timeline).toEqual([
      { minute: at(60), sent: 1, failed: 2, skipped: 0, unconfirmed: 0, clicks: 0 },
    ]);
  });

  it('moves the learned out of the unconfirmed with their old reason', async () => {
    const { row, report } = await given([
      ...frozen,
      turned([0, 'unconfirmed', { reason: 'timeout' }], [1, 'unconfirmed']),
      lane({ type: 'OutcomeLearned', data: { learned: [[0, 'failed', { reason: 'refused' }]] } }),
    ]);
    expect(row).toMatchObject({ unconfirmed: 1, failed: 1 });
    expect(report.reasons).toEqual({
      failed: { refused: 1 },
      skipped: {},
      unconfirmed: { unspecified: 1 },
    });
  });

  it('lets the reopened wait again without a reason', async () => {
    const failures = [
      turned([0, 'sent'], [1, 'failed', { reason: 'a' }], [2, 'failed', { reason: 'b' }]),
      turned([3, 'unconfirmed', { reason: 'timeout' }]),
      completed(0, [1, 2, 0, 1]),
      reopened('failed', 2),
    ];
    const { row, report, places } = await given([...frozen, ...failures]);
    expect(row).toMatchObject({ failed: 0, waiting: 2, unconfirmed: 1 });
    expect(report.reasons.failed).toEqual({});
    expect(places[1]).toMatchObject({ outcome: 'waiting', reason: undefined, at: undefined });
  });

  it('gives the reopened back what they were when the broadcast is stopped, and skips the untried', async () => {
    const { row, report, places } = await given([
      ...frozen,
      turned([0, 'sent'], [1, 'failed', { reason: 'a' }], [2, 'failed', { reason: 'b' }]),
      turned([3, 'skipped', { reason: 'erased' }]),
      completed(0, [1, 2, 1, 0]),
      reopened('failed', 2),
      turned([2, 'sent']),
      completed(1, [2, 1, 1, 0]),
    ]);
    expect(row).toMatchObject({ sent: 2, failed: 1, skipped: 1, waiting: 0 });
    expect(report.reasons).toMatchObject({ failed: { a: 1 }, skipped: { erased: 1 } });
    expect(places[1]).toMatchObject({ outcome: 'failed', reason: 'a' });
    const untried = await given([...frozen, turned([0, 'sent']), completed(0, [1, 0, 3, 0], 3)]);
    expect(untried.report.reasons.skipped).toEqual({ stopped: 3 });
    expect(untried.places[3]).toMatchObject({ outcome: 'skipped', reason: 'stopped' });
  });

  it.each([
    ['an outcome of somebody who has one', turned([0, 'failed'])],
    ['totals that are not the folded ones', completed(0, [1, 1, 2, 0], 2)],
    [
      'a later truth about somebody certain',
      lane({ type: 'OutcomeLearned', data: { learned: [[0, 'sent']] } }),
    ],
    ['a recipient outside the lane', turned([9, 'sent'])],
    ['an order before the lane is done', reopened('failed', 0)],
  ])('refuses %s', async (_, fact) => {
    const facts = [...frozen, turned([0, 'sent']), fact];
    const next = asStored(facts).at(-1)!;
    await expect(givenThen(facts.slice(0, -1), next)).rejects.toMatchObject({
      code: 'ILLEGAL_HISTORY',
    });
  });

  it('refuses gaps, unknown types and unknown versions', async () => {
    const next = asStored([...frozen, turned([0, 'sent'])]).at(-1)!;
    const stream = broadcastStream(ID);
    const refused = (change: object) => givenThen(frozen, { ...next, ...change });
    await expect(refused({ revision: 3 })).rejects.toMatchObject({ code: 'ILLEGAL_HISTORY' });
    await expect(refused({ type: 'toString', stream })).rejects.toMatchObject({
      code: 'UNKNOWN_EVENT_TYPE',
    });
    const metadata = { ...next.metadata, schemaVersion: 2 };
    await expect(refused({ metadata })).rejects.toMatchObject({ code: 'UNKNOWN_SCHEMA_VERSION' });
  });
});

describe('sums', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'hold after every event, and are those of a plain fold (%i)',
    async (seed) => {
      const fold = new ReadModelFold(new EmptyGeneration());
      const proofs = new Map<string, LaneProof>();
      for (const stored of asStored(randomHistory(seed, 1))) {
        await fold.fold(stored);
        const { row, report, places } = seen(fold);
        if (report.lanes.length === 0) continue;
        const counted = (outcome: string) => places.filter((place) => place.outcome === outcome);
        for (const outcome of ['waiting', 'sent', 'failed', 'skipped', 'unconfirmed'] as const)
          expect([outcome, counted(outcome).length]).toEqual([outcome, row[outcome]]);
        expect(row.planned).toBe(places.length);
        for (const outcome of ['failed', 'skipped', 'unconfirmed'] as const) {
          const reasons = Object.values(report.reasons[outcome]);
          expect(reasons.reduce((sum, count) => sum + count, 0)).toBe(row[outcome]);
        }
        for (const { lane: number, planned } of report.lanes) {
          const stream = deliveryStream(row.id, number);
          const proof = proofs.get(stream) ?? new LaneProof(planned);
          proofs.set(stream, proof);
          if (stored.stream === stream)
            proof.apply({ type: stored.type, data: stored.data } as DeliveryEvent);
          expect(report.lanes[number]).toMatchObject(proof.counts());
        }
      }
    },
  );
});
