import { orderStream, type OrderEvent, type Ref } from '@crier/contracts';
import {
  AppendOutcomeUnknown,
  commandHandler,
  ConcurrencyConflict,
  derivedId,
  Unavailable,
  upcaster,
  type Clock,
  type EventStore,
  type StoredEvent,
} from '@crier/kernel';
import type { Conversion, OrderRejection, Place } from '../domain/conversion.ts';
import { orderDecider } from '../domain/order.decider.ts';
import { SentPlaces } from './sent-places.ts';

export interface ConversionsDeps {
  readonly store: EventStore;
  readonly clock: Clock;
}

/** What is told: a conversion, whose place is still the ref that the shop was given. */
export type Told = Omit<Conversion, 'place'> & { readonly ref: Ref };

/** What became of a conversion. */
export type Recorded =
  | { readonly became: 'recorded' }
  /** It was told before. */
  | { readonly became: 'repeated' }
  | {
      readonly became: 'refused';
      readonly rejection: OrderRejection | { readonly code: 'UNKNOWN_REF' };
    };

/** All types are at version 1. */
const lift = upcaster({});

/** A stored fact of an order is what its type says it is. */
const orderEventOf = (stored: StoredEvent): OrderEvent => {
  const { type, data } = lift(stored);
  return { type, data } as OrderEvent;
};

const placeOf = ({ broadcastId, lane, index, button }: Ref): Place => ({
  broadcastId,
  lane,
  ...(index === undefined ? {} : { index }),
  button,
});

/** Dashes would let two shops share a stream: `order-a-b-c` is order `b-c` of shop `a`, never order `c` of shop `a-b`. */
const streamOf = ({ shop, orderId }: Pick<Conversion, 'shop' | 'orderId'>): string =>
  orderStream(shop.replaceAll('-', '~'), orderId);

/** The same report has the same id, whoever brings it, and however often: its events are recognised by it. */
const idOf = (stream: string, { kind, amount, currency, at, refundId }: Conversion): string =>
  derivedId(stream, kind, amount, currency, kind === 'refund' ? (refundId ?? at) : '');

/** Writes down what shops tell of their orders: each fact once, wherever and however often it is told. */
export class Conversions {
  readonly #clock: Clock;
  readonly #places: SentPlaces;
  readonly #handle;

  constructor({ store, clock }: ConversionsDeps) {
    this.#clock = clock;
    this.#places = new SentPlaces(store);
    this.#handle = commandHandler(store, orderDecider, orderEventOf);
  }

  /** Durable when it resolves. `actor`: who told. @throws Unavailable; it may then be stored, and a repeat tells */
  async record({ ref, ...told }: Told, actor: string): Promise<Recorded> {
    if (!(await this.#places.has(ref)))
      return { became: 'refused', rejection: { code: 'UNKNOWN_REF' } };
    return this.#decide({ ...told, place: placeOf(ref) }, actor);
  }

  async #decide(command: Conversion, actor: string): Promise<Recorded> {
    const stream = streamOf(command);
    const commandId = idOf(stream, command);
    const metadata = {
      schemaVersion: 1,
      correlationId: command.place.broadcastId,
      causationId: commandId,
      actor,
      recordedAt: this.#clock.now(),
    };
    try {
      const handled = await this.#handle({ stream, commandId, command, metadata });
      if (!handled.accepted) return { became: 'refused', rejection: handled.rejection };
      return { became: handled.appended > 0 ? 'recorded' : 'repeated' };
    } catch (error) {
      if (error instanceof ConcurrencyConflict || error instanceof AppendOutcomeUnknown)
        throw new Unavailable(
          'The order was written to from many sides; tell it again',
          { stream },
          error,
        );
      throw error;
    }
  }
}
