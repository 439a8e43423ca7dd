import {
  audienceStream,
  broadcastStream,
  type AudienceEvent,
  type BroadcastEvent,
  type DeliveryEvent,
  type OrderEvent,
  type ReceiptsEvent,
} from '@crier/contracts';
import {
  derivedId,
  NO_STREAM,
  type EventStore,
  type NewEvent,
  type StoredEvent,
} from '@crier/kernel';
import { someMetadata } from '@crier/kernel/testing';

export type AnyFact = BroadcastEvent | AudienceEvent | DeliveryEvent | ReceiptsEvent | OrderEvent;

/** A fact and the stream it belongs to. */
export interface Fact {
  readonly stream: string;
  readonly event: AnyFact;
  /** Seconds after the first of January 2026. */
  readonly second: number;
}

const START = Date.parse('2026-01-01T00:00:00.000Z');

export const at = (second: number): string => new Date(START + second * 1000).toISOString();

const newEvent = ({ stream, event, second }: Fact, revision: number): NewEvent => ({
  id: derivedId(stream, revision),
  ...event,
  metadata: { ...someMetadata, recordedAt: at(second) },
});

/** The facts as a store would give them back, in this order. */
export const asStored = (facts: readonly Fact[]): readonly StoredEvent[] => {
  const heads = new Map<string, number>();
  return facts.map((fact, index) => {
    const revision = (heads.get(fact.stream) ?? NO_STREAM) + 1;
    heads.set(fact.stream, revision);
    const { stream } = fact;
    return { ...newEvent(fact, revision), stream, revision, position: String(index + 1) };
  });
};

/** Stores facts in this order, each behind the head of its stream. */
export const appendFacts = async (store: EventStore, facts: readonly Fact[]): Promise<void> => {
  const heads = new Map<string, number>();
  for (const fact of facts) {
    const head = heads.get(fact.stream) ?? (await store.last(fact.stream))?.revision ?? NO_STREAM;
    await store.append(fact.stream, head, [newEvent(fact, head + 1)]);
    heads.set(fact.stream, head + 1);
  }
};

/** A broadcast's beginning: drafted, and as far as asked for. */
export interface SmallBroadcast {
  readonly id: string;
  readonly name?: string;
  /** Contact ids by lane; lane n leaves through bot `bot-n`. */
  readonly lanes: readonly (readonly string[])[];
  /** Recipients of one batch, 500 by default. */
  readonly batch?: number;
  readonly second?: number;
  readonly channel?: string;
}

/** Two buttons, so that clicks have something to name. */
export const someContent = {
  synchronised: true,
  elements: [
    {
      type: 'text',
      text: 'Hello',
      buttons: [
        { kind: 'link', label: 'See it', url: 'https://shop.example' },
        { kind: 'buy', label: 'Buy it', url: 'https://shop.example/cart' },
      ],
    },
  ],
} as const;

const chunks = (ids: readonly string[], size: number): (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / size) }, (_, n) =>
    ids.slice(n * size, (n + 1) * size),
  );

/** All facts from the draft until its audience is frozen. */
export const untilFrozen = (small: SmallBroadcast): Fact[] => {
  const { id: broadcastId, lanes, batch = 500, second = 0, channel = 'telegram' } = small;
  const life = (event: BroadcastEvent): Fact => ({
    stream: broadcastStream(broadcastId),
    event,
    second,
  });
  const planned = lanes.reduce((sum, ids) => sum + ids.length, 0);
  let revision = 0;
  const plans = lanes.map((ids, lane) => ({
    lane,
    botId: `bot-${lane}`,
    channel,
    planned: ids.length,
    pages: chunks(ids, batch).map((contactIds, n) => ({
      at: [revision++, n * batch] as const,
      contactIds,
    })),
  }));
  const audience = (event: AudienceEvent): Fact => ({
    stream: audienceStream(broadcastId),
    event,
    second,
  });
  return [
    life({ type: 'BroadcastDrafted', data: { broadcastId, name: small.name ?? broadcastId } }),
    life({
      type: 'MessageComposed',
      data: { broadcastId, content: someContent, contentRevision: 1 },
    }),
    life({
      type: 'BroadcastScheduled',
      data: { broadcastId, start: { mode: 'now' }, instant: at(second) },
    }),
    life({ type: 'BroadcastStarted', data: { broadcastId, startedAt: at(second) } }),
    ...plans.flatMap(({ lane, botId, channel: of, pages }) =>
      pages.map(({ at: [, from], contactIds }) =>
        audience({
          type: 'BatchPlanned',
          data: {
            broadcastId,
            lane,
            botId,
            channel: of,
            from,
            contactIds,
            scannedTo: contactIds.at(-1) ?? '',
          },
        }),
      ),
    ),
    audience({
      type: 'AudiencePlanned',
      data: {
        broadcastId,
        planned,
        excluded: { no_connection: 2 },
        lanes: plans.map(({ pages, ...lane }) => ({
          ...lane,
          batches: pages.map((page) => page.at),
        })),
      },
    }),
    life({
      type: 'AudienceFrozen',
      data: {
        broadcastId,
        planned,
        excluded: { no_connection: 2 },
        lanes: plans.map(({ pages: _, ...lane }) => lane),
      },
    }),
  ];
};
