import {
  MessageBus,
  type BatchHandler,
  type IncomingMessage,
  type LogOptions,
  type OutgoingMessage,
  type OwnershipOptions,
  type Subscription,
  type TailOptions,
} from '@crier/kernel';

type Headers = NonNullable<OutgoingMessage['headers']>;
interface Envelope {
  readonly value: unknown;
  readonly headers?: Headers;
}

const closed = (message: OutgoingMessage): OutgoingMessage => {
  const { headers, value, ...place } = message;
  const envelope: Envelope = { value, ...(headers === undefined ? {} : { headers }) };
  return { ...place, value: value === null ? null : envelope };
};

const opened = (message: IncomingMessage): IncomingMessage =>
  message.value === null ? message : { ...message, ...(message.value as Envelope) };

const opening =
  (onBatch: BatchHandler): BatchHandler =>
  (messages) =>
    onBatch(messages.map(opened));

/** A bus that keeps headers over one that drops them: they travel in the value. */
export class HeaderKeepingBus extends MessageBus {
  readonly #inner: MessageBus;

  constructor(inner: MessageBus) {
    super();
    this.#inner = inner;
  }

  publish(messages: readonly OutgoingMessage[]): Promise<void> {
    return this.#inner.publish(messages.map(closed));
  }

  consume(options: LogOptions): Promise<Subscription> {
    return this.#inner.consume({ ...options, onBatch: opening(options.onBatch) });
  }

  tail(options: TailOptions): Promise<Subscription> {
    return this.#inner.tail({ ...options, onBatch: opening(options.onBatch) });
  }

  own(options: OwnershipOptions): Promise<Subscription> {
    const logs = Object.entries(options.logs).map(([topic, onBatch]) => [topic, opening(onBatch)]);
    return this.#inner.own({
      ...options,
      logs: Object.fromEntries(logs) as OwnershipOptions['logs'],
      onAssigned: (partition, entries) => options.onAssigned(partition, entries.map(opened)),
      onChange: opening(options.onChange),
    });
  }

  async snapshot(topic: string): Promise<readonly IncomingMessage[]> {
    return (await this.#inner.snapshot(topic)).map(opened);
  }
}
