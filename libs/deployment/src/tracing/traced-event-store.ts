import { streamPrefixes } from '@crier/contracts';
import {
  EventStore,
  type Appended,
  type NewEvent,
  type Position,
  type ReadOptions,
  type Revision,
  type StoredEvent,
  type SubscribeOptions,
  type SubscriptionBatch,
} from '@crier/kernel';
import { context, SpanKind, type Span, type Tracer } from '@opentelemetry/api';
import { asStep, begin, contextOf, isTraced, traceparentOf } from './steps.ts';

/** Names of streams are made of opaque ids; only that of an order is the shop's. */
const placeOf = (stream: string) => {
  const prefix = Object.values(streamPrefixes).find((known) => stream.startsWith(known));
  const isOpaque = prefix !== undefined && prefix !== streamPrefixes.order;
  return {
    kind: prefix?.slice(0, -1) ?? 'other',
    attributes: isOpaque ? { 'crier.stream': stream } : {},
  };
};

/** An event store whose appends and folds are steps of the trace that they follow from; events carry it on. */
export class TracedEventStore extends EventStore {
  readonly #inner: EventStore;
  readonly #tracer: Tracer;

  constructor(inner: EventStore, tracer: Tracer) {
    super();
    this.#inner = inner;
    this.#tracer = tracer;
  }

  append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<Appended> {
    const parent = context.active();
    if (!isTraced(parent)) return this.#inner.append(stream, expected, events);
    const { kind, attributes } = placeOf(stream);
    const types = events.map(({ type }) => type);
    const step = {
      name: `append ${kind}`,
      kind: SpanKind.CLIENT,
      attributes: {
        ...attributes,
        'crier.events': [...new Set(types)],
        'crier.count': types.length,
      },
    };
    return asStep(this.#tracer, step, parent, () =>
      this.#inner.append(stream, expected, events.map(traced)),
    );
  }

  read(stream: string, options?: ReadOptions): Promise<readonly StoredEvent[]> {
    return this.#inner.read(stream, options);
  }

  last(stream: string): Promise<StoredEvent | undefined> {
    return this.#inner.last(stream);
  }

  head(): Promise<Position | undefined> {
    return this.#inner.head();
  }

  /** Events of a batch are being folded until the next batch is asked for. */
  async *subscribe(options: SubscribeOptions): AsyncGenerator<SubscriptionBatch> {
    let folds: readonly Span[] = [];
    const end = (): void => {
      for (const fold of folds) fold.end();
      folds = [];
    };
    try {
      for await (const batch of this.#inner.subscribe(options)) {
        folds = batch.events.flatMap((stored) => this.#fold(stored));
        yield batch;
        end();
      }
    } finally {
      end();
    }
  }

  #fold({ type, stream, revision, metadata }: StoredEvent): readonly Span[] {
    const parent = contextOf(metadata.trace);
    if (!isTraced(parent)) return [];
    const attributes = { ...placeOf(stream).attributes, 'crier.revision': revision };
    return [
      begin(this.#tracer, { name: `fold ${type}`, kind: SpanKind.CONSUMER, attributes }, parent),
    ];
  }
}

/** With the step that is under way; one that it has already is kept. */
const traced = (event: NewEvent): NewEvent => {
  const trace = event.metadata.trace ?? traceparentOf(context.active());
  return trace === undefined ? event : { ...event, metadata: { ...event.metadata, trace } };
};
