import {
  broadcastStream,
  receiptsStream,
  type BroadcastEvent,
  type MessageContent,
  type Receipt,
} from '@crier/contracts';
import { describe, expect, it } from '@jest/globals';
import { at, someContent, untilFrozen, type AnyFact, type Fact } from '../testing/facts.ts';
import { given } from '../testing/given.ts';
import { contactIds } from '../testing/random-history.ts';
import { NO_MAILING } from './mailing.ts';
import { asReported, rowOf } from './presenting.ts';

const broadcastId = 'one';
const twoLanes = untilFrozen({ id: broadcastId, lanes: [contactIds(2, 'a'), contactIds(2, 'b')] });
const life = (event: BroadcastEvent): Fact => ({
  stream: broadcastStream(broadcastId),
  event,
  second: 5,
});
const held = (lane: number) =>
  life({ type: 'LaneHeld', data: { broadcastId, lane, reason: 'breaker' } });

const statusAfter = async (...facts: readonly Fact[]) => (await given(facts)).row.status;

describe('the status of a broadcast', () => {
  it('follows its life', async () => {
    const drafted = twoLanes.slice(0, 1);
    await expect(statusAfter(...drafted)).resolves.toBe('draft');
    await expect(statusAfter(...twoLanes.slice(0, 3))).resolves.toBe('scheduled');
    await expect(statusAfter(...twoLanes.slice(0, 4))).resolves.toBe('preparing');
    await expect(statusAfter(...twoLanes)).resolves.toBe('sending');
  });

  it('is held while the broadcast is, or every lane of it', async () => {
    const hold = life({ type: 'BroadcastHeld', data: { broadcastId, reason: 'operator' } });
    const resumed = life({ type: 'BroadcastResumed', data: { broadcastId } });
    await expect(statusAfter(...twoLanes, hold)).resolves.toBe('held');
    await expect(statusAfter(...twoLanes, held(0))).resolves.toBe('sending');
    await expect(statusAfter(...twoLanes, held(0), held(1))).resolves.toBe('held');
    await expect(statusAfter(...twoLanes, held(0), held(1), resumed)).resolves.toBe('sending');
  });

  it('ends stopped after a stop, and is sending again after an order to retry', async () => {
    const totals = { planned: 4, sent: 4, failed: 0, skipped: 0, unconfirmed: 0 };
    const done = life({ type: 'BroadcastCompleted', data: { broadcastId, order: 0, totals } });
    const stop = life({ type: 'BroadcastStopped', data: { broadcastId } });
    const retry = life({
      type: 'RetryRequested',
      data: { broadcastId, order: 1, what: 'failed' },
    });
    await expect(statusAfter(...twoLanes, done)).resolves.toBe('sent');
    await expect(statusAfter(...twoLanes, stop, done)).resolves.toBe('stopped');
    await expect(statusAfter(...twoLanes, done, retry)).resolves.toBe('sending');
  });
});

describe('the message in the row', () => {
  const composed = (content: MessageContent, second: number): Fact => ({
    ...life({ type: 'MessageComposed', data: { broadcastId, content, contentRevision: 2 } }),
    second,
  });
  const [drafted] = twoLanes;
  const { elements } = someContent;

  it('is nothing, written by nobody, until there is one', async () => {
    const { row } = await given(drafted ? [drafted] : []);
    expect(row).toMatchObject({ elements: null, composed: null });
  });

  it('is counted for channels with elements of their own and for all others, as it was written last', async () => {
    const channels = { vk: { elements: [...elements, ...elements] }, viber: { elements: [] } };
    const { row } = await given([
      ...twoLanes.slice(0, 2),
      composed({ synchronised: true, elements, channels }, 7),
      held(0),
    ]);
    expect(row.elements).toEqual({ own: { vk: 2, viber: 0 }, others: 1 });
    expect(row.composed).toEqual({ at: at(7), actor: 'test' });
    const { row: apart } = await given([
      ...twoLanes.slice(0, 2),
      composed({ synchronised: false, elements, channels: { vk: { elements } } }, 8),
    ]);
    expect(apart.elements).toEqual({ own: { vk: 1 }, others: 0 });
  });

  it('is unknown in what was folded before it was told there', async () => {
    const { row } = await given(twoLanes);
    const old = { ...row };
    Reflect.deleteProperty(old, 'elements');
    Reflect.deleteProperty(old, 'composed');
    expect(asReported(old, () => undefined)).toMatchObject({ elements: null, composed: null });
    const mailing = { ...NO_MAILING };
    Reflect.deleteProperty(mailing, 'composed');
    expect(rowOf(mailing).composed).toBeNull();
  });
});

describe('the report', () => {
  it('tells who did what, with the facts that people want to read', async () => {
    const { report } = await given([...twoLanes, held(1)]);
    expect(report.history.at(-1)).toEqual({
      revision: 5,
      at: at(5),
      actor: 'test',
      what: 'LaneHeld',
      facts: { lane: 1, reason: 'breaker' },
    });
    expect(report.row.held).toEqual([{ lane: 1, reason: 'breaker' }]);
    expect(report.lanes[1]?.held).toBe('breaker');
  });

  it('counts people who opened once, and every click by button and kind', async () => {
    const receipt = (more: Partial<Receipt>): Receipt => ({
      index: 0,
      kind: 'clicked',
      at: at(9),
      dedupe: 'd',
      ...more,
    });
    const event: AnyFact = {
      type: 'ReceiptsRecorded',
      data: {
        broadcastId,
        lane: 1,
        source: { partition: 0, offset: '1' },
        receipts: [
          receipt({ kind: 'opened', first: true }),
          receipt({ kind: 'opened' }),
          receipt({ button: 0, first: true }),
          receipt({ button: 0 }),
          receipt({ button: 1, index: 1, first: true }),
        ],
      },
    };
    const { report, places } = await given([
      ...twoLanes,
      { stream: receiptsStream(broadcastId, 1, 0), event, second: 60 },
    ]);
    expect(report.row).toMatchObject({
      opened: 1,
      clickedLink: 2,
      clickedBuy: 1,
      clickedMessage: 0,
    });
    expect(report.buttons).toMatchObject([
      { label: 'See it', clicks: 2, people: 1 },
      { label: 'Buy it', clicks: 1, people: 1 },
    ]);
    expect(places.flatMap(({ receipts }) => receipts)).toMatchObject([
      { kind: 'opened', count: 2 },
      { kind: 'clicked', button: 0, count: 2 },
      { kind: 'clicked', button: 1, count: 1 },
    ]);
    expect(report.timeline).toMatchObject([{ minute: at(60), clicks: 3 }]);
    expect(asReported(report.row, () => undefined)).toMatchObject({ delivered: null, opened: 1 });
    const reports = { delivered: true, opened: true };
    expect(asReported(report.row, () => reports)).toMatchObject({ delivered: 0, opened: 1 });
  });
});
