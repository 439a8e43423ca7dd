import { SqliteEventStore, SqliteMessageBus } from '@crier/adapter-sqlite';
import {
  freshId,
  NO_STREAM,
  Unavailable,
  type IncomingMessage,
  type MessageBus,
} from '@crier/kernel';
import {
  describeEventStore,
  describeMessageBus,
  eventually,
  freshName,
  HostileMessageBus,
  someEvent,
} from '@crier/kernel/testing';
import { describe, expect, it } from '@jest/globals';
import { context, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { EchoingConnector } from './testing/echoing-connector.ts';
import { FinishedSpans } from './testing/finished-spans.ts';
import { HeaderKeepingBus } from './testing/header-keeping-bus.ts';
import { TracedConnector } from './traced-connector.ts';
import { TracedEventStore } from './traced-event-store.ts';
import { TracedMessageBus } from './traced-message-bus.ts';

const spans = new FinishedSpans();
const ELSEWHERE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

const openStore = async () => {
  const inner = await SqliteEventStore.open({ path: ':memory:', writer: 'inline' });
  return { inner, port: new TracedEventStore(inner, spans.tracer), close: () => inner.close() };
};
const openBus = async () => {
  const inner = await SqliteMessageBus.open({
    path: ':memory:',
    writer: 'inline',
    tables: (topic) => topic.startsWith('lanes.'),
  });
  const port = new TracedMessageBus(new HeaderKeepingBus(inner), spans.tracer);
  return { port, close: () => inner.close() };
};

/** Works as whoever answers a request does. */
const inRequest = <Result>(work: () => Promise<Result>): Promise<Result> =>
  spans.tracer.startActiveSpan('request', {}, ROOT_CONTEXT, async (span) => {
    try {
      return await work();
    } finally {
      span.end();
    }
  });
const currentTrace = () => trace.getSpanContext(context.active())?.traceId;

describeEventStore('traced', openStore);
describeMessageBus('traced', openBus);

describe('a traced bus', () => {
  const heard = async (
    bus: MessageBus,
    topic: string,
    publish: () => Promise<unknown>,
    count: number,
  ) => {
    const batches: { readonly messages: readonly IncomingMessage[]; readonly trace?: string }[] =
      [];
    const subscription = await bus.consume({
      topic,
      group: freshName('group'),
      onBatch: (messages) => {
        const at = currentTrace();
        batches.push({ messages, ...(at === undefined ? {} : { trace: at }) });
        return Promise.resolve();
      },
    });
    await publish();
    const came = () => batches.reduce((sum, { messages }) => sum + messages.length, 0);
    await eventually('all have come', () => came() === count);
    await subscription.close();
    return batches;
  };

  it('gives traced messages one by one, each in its trace, and leaves others alone', async () => {
    const { port, close } = await openBus();
    const topic = freshName('log');
    const of = (value: number, headers?: Record<string, string>) => ({
      ...{ topic, key: 'k', value },
      ...(headers ? { headers } : {}),
    });
    const batches = await heard(
      port,
      topic,
      () =>
        port.publish([of(1, { traceparent: ELSEWHERE }), of(2), of(3, { traceparent: 'none' })]),
      3,
    );
    expect(
      batches.map(({ messages, trace: at }) => [messages.map(({ value }) => value), at]),
    ).toEqual([
      [[1], TRACE_ID],
      [[2], undefined],
      [[3], undefined],
    ]);
    await close();
  });

  it('follows from the trace that a message brings, else from the one under way', async () => {
    const { port, close } = await openBus();
    const topic = freshName('log');
    const headers = { traceparent: ELSEWHERE, other: 'kept' };
    let own: string | undefined;
    const [brought, underWay] = await heard(
      port,
      topic,
      () =>
        inRequest(async () => {
          own = currentTrace();
          await port.publish([
            { topic, key: 'k', value: 1, headers },
            { topic, key: 'k', value: 2 },
          ]);
        }),
      2,
    );
    expect(brought).toMatchObject({ trace: TRACE_ID, messages: [{ headers: { other: 'kept' } }] });
    expect(own).toBeDefined();
    expect(underWay?.trace).toBe(own);
    await close();
  });

  it('gives what was listed before it came in its trace too, before anything of the logs', async () => {
    const { port, close } = await openBus();
    const [table, log] = [freshName('lanes.'), freshName('log')];
    await port.publish([
      { topic: table, key: 'traced', value: 1, headers: { traceparent: ELSEWHERE } },
      { topic: table, key: 'plain', value: 2 },
      { topic: log, key: 'traced', value: 'work' },
    ]);
    const told: unknown[] = [];
    const tell =
      (what: string) =>
      (messages: readonly IncomingMessage[]): Promise<void> => {
        for (const { key } of messages) told.push([what, key, currentTrace()]);
        return Promise.resolve();
      };
    const membership = await port.own({
      group: freshName('owners'),
      table,
      logs: { [log]: tell('log') },
      onAssigned: (_partition, entries) => tell('assigned')(entries),
      onChange: tell('change'),
      onRevoked: () => Promise.resolve(),
    });
    await eventually('all was told', () => told.length === 3);
    await membership.close();
    expect(told).toContainEqual(['assigned', 'plain', undefined]);
    expect(told).toContainEqual(['change', 'traced', TRACE_ID]);
    expect(told.findIndex((line) => String(line).startsWith('change'))).toBeLessThan(
      told.findIndex((line) => String(line).startsWith('log')),
    );
    await close();
  });

  it('marks what failed with the code of the error, never with its words', async () => {
    const { port, close } = await openBus();
    const failing = new TracedMessageBus(
      new HostileMessageBus(port, { seed: 1, lostAnswer: 1 }),
      spans.tracer,
    );
    const topic = freshName('log');
    await expect(inRequest(() => failing.publish([{ topic, key: 'k', value: 1 }]))).rejects.toThrow(
      Unavailable,
    );
    const [failed] = spans
      .named(`publish ${topic}`)
      .filter(({ status }) => status.code === SpanStatusCode.ERROR);
    expect(failed?.attributes['error.type']).toBe('UNAVAILABLE');
    expect([failed?.status.message, failed?.events]).toEqual([undefined, []]);
    await close();
  });
});

describe('a traced event store', () => {
  it('notes the append in what it stores, and keeps what is noted already', async () => {
    const { port, inner, close } = await openStore();
    const noted = someEvent({});
    await inRequest(() =>
      port.append('broadcast-a', NO_STREAM, [
        someEvent({}),
        { ...noted, metadata: { ...noted.metadata, trace: ELSEWHERE } },
      ]),
    );
    const [append] = spans.named('append broadcast');
    const [own, kept] = (await inner.read('broadcast-a')).map(({ metadata }) => metadata.trace);
    const { traceId = '', spanId = '' } = append?.spanContext() ?? {};
    expect(own).toBe(`00-${traceId}-${spanId}-01`);
    expect(kept).toBe(ELSEWHERE);
    await close();
  });

  it('does not name the stream of an order: its id is the shop’s', async () => {
    const { port, close } = await openStore();
    await inRequest(() => port.append('order-shop-olena@example.org', NO_STREAM, [someEvent({})]));
    expect(JSON.stringify(spans.named('append order')[0]?.attributes)).not.toContain('olena');
    await close();
  });

  it('ends a fold when the next batch is asked for, or the reading ends', async () => {
    const { port, inner, close } = await openStore();
    const type = `T${freshId()}`;
    const event = () => {
      const plain = someEvent({}, type);
      return { ...plain, metadata: { ...plain.metadata, trace: ELSEWHERE } };
    };
    await inner.append('broadcast-a', NO_STREAM, [event(), event()]);
    const { signal } = new AbortController();
    const ended: number[] = [];
    for await (const { events } of port.subscribe({
      prefixes: ['broadcast-'],
      signal,
      batchSize: 1,
    })) {
      ended.push(spans.named(`fold ${type}`).length);
      if (events[0]?.revision === 1) break;
    }
    ended.push(spans.named(`fold ${type}`).length);
    expect(ended).toEqual([0, 1, 2]);
    await close();
  });
});

describe('a traced connector', () => {
  it('tells the bot and what the messenger said, and traces nothing that follows from no request', async () => {
    const connector = new TracedConnector(new EchoingConnector(), spans.tracer);
    const bot = { id: 'bot', credentials: { token: 'secret' } };
    const part = { method: 'send', body: 'text' };
    await connector.send(bot, 'address', part);
    expect(spans.named('send telegram')).toEqual([]);
    await inRequest(() => connector.send(bot, 'address', part));
    expect(spans.named('send telegram').map(({ attributes }) => attributes)).toEqual([
      { 'crier.bot': 'bot', 'crier.outcome': 'accepted' },
    ]);
  });
});
