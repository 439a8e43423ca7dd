import { broadcastStream, topics } from '@crier/contracts';
import { freshId, type StoredEvent } from '@crier/kernel';
import { SpanKind } from '@opentelemetry/api';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { FinishedSpans } from './testing/finished-spans.ts';
import { PERSONAL, TracedWorld } from './testing/traced-world.ts';
import { tracedWith } from './traced.ts';
import { UNTRACED } from './tracing.ts';

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await delay(10);
};
const completed = (world: TracedWorld, broadcastId: string) =>
  until(async () => (await world.types(broadcastId)).includes('BroadcastCompleted'));
const activate = (world: TracedWorld, broadcastId: string) =>
  world.command(broadcastId, 'ActivateBroadcast', { start: { mode: 'now' } });
const everything = async ({ store }: TracedWorld, broadcastId: string) => {
  const streams = [
    broadcastStream(broadcastId),
    ...[0, 1].map((n) => `delivery-${broadcastId}-${n}`),
  ];
  return (await Promise.all(streams.map((stream) => store.read(stream)))).flat();
};

describe('a trace', () => {
  const spans = new FinishedSpans();
  const [one, two] = [freshId(), freshId()];
  const traceIds = new Map<string, string>();
  let world: TracedWorld;
  let stored: readonly StoredEvent[];

  /** What the gateway does when an operator asks for the activation. */
  const request = (broadcastId: string) =>
    spans.tracer.startActiveSpan('POST activate', { kind: SpanKind.SERVER }, async (span) => {
      traceIds.set(broadcastId, span.spanContext().traceId);
      await activate(world, broadcastId);
      span.end();
    });

  beforeAll(async () => {
    world = await TracedWorld.open(tracedWith(spans.tracer));
    await world.draft(one);
    await world.draft(two);
    expect(spans.all).toEqual([]); // nobody asked: nothing is traced
    await Promise.all([request(one), request(two)]);
    await Promise.all([completed(world, one), completed(world, two)]);
    stored = await everything(world, one);
    await until(() => Promise.resolve(spans.named('fold BroadcastCompleted').length === 6));
    await world.close();
  });

  const ofTrace = (name: string, broadcastId = one) =>
    spans.named(name).filter((span) => span.spanContext().traceId === traceIds.get(broadcastId));

  it('leads from the request over the bus to the fact', () => {
    const scheduled = ofTrace('append broadcast').find(
      ({ attributes }) => String(attributes['crier.events']) === 'BroadcastScheduled',
    );
    expect(spans.ancestry(scheduled)).toEqual([
      'append broadcast',
      'process commands',
      'publish commands',
      'POST activate',
    ]);
  });

  it('leads from the fact to every request to the messenger, of two broadcasts at the same bots each its own', () => {
    for (const broadcastId of [one, two]) {
      const sends = ofTrace('send telegram', broadcastId);
      expect(sends.map(({ attributes }) => attributes['crier.bot']).sort()).toEqual([
        'bot-a',
        'bot-b',
      ]);
      for (const send of sends)
        expect(spans.ancestry(send)).toEqual([
          'send telegram',
          'process lanes.telegram',
          'publish lanes.telegram',
          'append broadcast',
          'process commands',
          'publish commands',
          'POST activate',
        ]);
    }
  });

  it('leads to the outcome and to whoever folds it', () => {
    const fold = ofTrace('fold LaneCompleted')[0];
    expect(spans.ancestry(fold).slice(0, 3)).toEqual([
      'fold LaneCompleted',
      'append delivery',
      'process lanes.telegram',
    ]);
    expect(spans.ancestry(fold).at(-1)).toBe('POST activate');
  });

  it('leads on to the news and to the commands of the scheduler', () => {
    const news = ofTrace('process lifecycle').map((span) => spans.ancestry(span).slice(1, 3));
    expect(news).toContainEqual(['publish lifecycle', 'append broadcast']);
    const types = ofTrace('append broadcast').map(({ attributes }) => attributes['crier.events']);
    for (const type of ['BroadcastStarted', 'AudienceFrozen', 'BroadcastCompleted'])
      expect(types).toContainEqual([type]);
  });

  it('leaves nothing behind that belongs to no request', () => {
    const known = new Set(traceIds.values());
    expect(spans.all.filter((span) => !known.has(span.spanContext().traceId))).toEqual([]);
  });

  it('is noted in the facts that follow from a request, and in no other', () => {
    const traced = stored.filter(({ metadata }) => metadata.trace !== undefined);
    expect(stored.filter((event) => !traced.includes(event)).map(({ type }) => type)).toEqual([
      'BroadcastDrafted',
      'MessageComposed',
    ]);
    for (const { metadata } of traced)
      expect(metadata.trace).toMatch(new RegExp(`^00-${traceIds.get(one) ?? ''}-[0-9a-f]{16}-01$`));
  });

  it('tells neither addresses nor texts nor tokens', () => {
    const told = JSON.stringify(
      spans.all.map(({ name, attributes, events, status }) => [name, attributes, events, status]),
    );
    for (const secret of Object.values(PERSONAL)) expect(told).not.toContain(secret);
  });
});

describe('without tracing', () => {
  it('events and messages are as they always were', async () => {
    const world = await TracedWorld.open(UNTRACED);
    const id = freshId();
    await world.draft(id);
    await activate(world, id);
    await completed(world, id);
    expect((await everything(world, id)).filter(({ metadata }) => 'trace' in metadata)).toEqual([]);
    expect(world.published.map(({ topic }) => topic)).toContain(topics.lanes('telegram'));
    expect(world.published.filter((message) => 'headers' in message)).toEqual([]);
    await world.close();
  });
});
