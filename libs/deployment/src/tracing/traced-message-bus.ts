import {
  MessageBus,
  TRACE_HEADER,
  type BatchHandler,
  type IncomingMessage,
  type LogOptions,
  type OutgoingMessage,
  type OwnershipOptions,
  type Subscription,
  type TailOptions,
} from '@crier/kernel';
import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  trace,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { asStep, begin, contextOf, isTraced, markFailed, traceparentOf } from './steps.ts';

const originOf = (message: OutgoingMessage): Context => contextOf(message.headers?.[TRACE_HEADER]);

const stepOf = (verb: 'publish' | 'process', topic: string) => ({
  name: `${verb} ${topic}`,
  kind: verb === 'publish' ? SpanKind.PRODUCER : SpanKind.CONSUMER,
  attributes: { 'messaging.destination.name': topic },
});

/**
 * A bus whose messages carry the trace that they follow from: the one in their header, or the one under way. Handlers are given
 * one message at a time where a batch holds a traced one, so that whatever a message sets in motion belongs to its trace.
 */
export class TracedMessageBus extends MessageBus {
  readonly #inner: MessageBus;
  readonly #tracer: Tracer;

  constructor(inner: MessageBus, tracer: Tracer) {
    super();
    this.#inner = inner;
    this.#tracer = tracer;
  }

  async publish(messages: readonly OutgoingMessage[]): Promise<void> {
    const spans: Span[] = [];
    const traced = messages.map((message) => this.#sent(message, spans));
    try {
      await this.#inner.publish(traced);
    } catch (error) {
      for (const span of spans) markFailed(span, error);
      throw error;
    } finally {
      for (const span of spans) span.end();
    }
  }

  consume(options: LogOptions): Promise<Subscription> {
    return this.#inner.consume({ ...options, onBatch: this.#oneByOne(options.onBatch) });
  }

  tail(options: TailOptions): Promise<Subscription> {
    return this.#inner.tail({ ...options, onBatch: this.#oneByOne(options.onBatch) });
  }

  /** Traced entries of a table come as changes, each in its trace, as part of the assignment and before anything else. */
  own(options: OwnershipOptions): Promise<Subscription> {
    const onChange = this.#oneByOne(options.onChange);
    const onAssigned = async (
      partition: number,
      entries: readonly IncomingMessage[],
    ): Promise<void> => {
      const plain = entries.filter((entry) => !isTraced(originOf(entry)));
      await context.with(ROOT_CONTEXT, () => options.onAssigned(partition, plain));
      if (plain.length < entries.length)
        await onChange(entries.filter((entry) => !plain.includes(entry)));
    };
    const logs = Object.fromEntries(
      Object.entries(options.logs).map(([topic, onBatch]) => [topic, this.#oneByOne(onBatch)]),
    );
    return this.#inner.own({ ...options, logs, onChange, onAssigned });
  }

  snapshot(topic: string): Promise<readonly IncomingMessage[]> {
    return this.#inner.snapshot(topic);
  }

  #sent(message: OutgoingMessage, spans: Span[]): OutgoingMessage {
    const origin = originOf(message);
    const parent = isTraced(origin) ? origin : context.active();
    if (!isTraced(parent)) return message;
    const span = begin(this.#tracer, stepOf('publish', message.topic), parent);
    spans.push(span);
    const traceparent = traceparentOf(trace.setSpan(parent, span));
    if (traceparent === undefined) return message;
    return { ...message, headers: { ...message.headers, [TRACE_HEADER]: traceparent } };
  }

  #oneByOne(onBatch: BatchHandler): BatchHandler {
    return async (messages) => {
      if (!messages.some((message) => isTraced(originOf(message)))) {
        await context.with(ROOT_CONTEXT, () => onBatch(messages));
        return;
      }
      for (const message of messages) await this.#process(message, onBatch);
    };
  }

  #process(message: IncomingMessage, onBatch: BatchHandler): Promise<void> {
    const origin = originOf(message);
    if (!isTraced(origin)) return context.with(ROOT_CONTEXT, () => onBatch([message]));
    const step = stepOf('process', message.topic);
    return asStep(this.#tracer, step, origin, () => onBatch([message]));
  }
}
