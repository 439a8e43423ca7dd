import type { BotRegistry, ContactDirectory, RoutingTable } from '@crier/audience';
import {
  broadcastStream,
  deliveryStream,
  elementsFor,
  laneKey,
  laneOfStream,
  streamPrefixes,
  topics,
  type BroadcastEvent,
  type ChannelAnnounced,
  type DeliveryEvent,
  type LaneMessage,
} from '@crier/contracts';
import {
  AppError,
  derivedId,
  type Clock,
  type EventStore,
  type Log,
  type MessageBus,
  type OutgoingMessage,
  type SnapshotStore,
  type StoredEvent,
} from '@crier/kernel';
import {
  afterBroadcastEvent,
  afterLaneEvent,
  isOver,
  newEntry,
  nextStep,
  totalsOf,
  type AgendaEntry,
  type NextStep,
} from '../domain/agenda.ts';
import { sharesOf } from '../domain/shares.ts';
import { Freeze } from './freeze.ts';
import { Wakeup } from './signal.ts';

export interface SchedulerDeps {
  readonly store: EventStore;
  readonly bus: MessageBus;
  readonly directory: ContactDirectory;
  readonly bots: BotRegistry;
  readonly snapshots: SnapshotStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly actor: string;
}

const READER = 'scheduler';
/** What opens, changes or closes an entry; the rest of the history is never read. */
const TYPES: readonly (BroadcastEvent | DeliveryEvent)['type'][] = [
  'BroadcastScheduled',
  'ScheduleCancelled',
  'BroadcastStarted',
  'AudienceFrozen',
  'BroadcastHeld',
  'BroadcastResumed',
  'LaneHeld',
  'LaneResumed',
  'BroadcastStopped',
  'RetryRequested',
  'BroadcastCompleted',
  'BroadcastDeleted',
  'LaneCompleted',
  'LaneReopened',
];
const LOOK_MS = 1_000;
const BACKOFF_MS = 500;
/** An increased share is used so much later than the decreased ones. */
const INCREASE_AFTER_MS = 1_000;
const ASK_AGAIN_MS = 10_000;
/** A dispatcher that was there within a day will be there again: its lanes wait for it. */
const SERVED_MS = 24 * 3_600_000;

/**
 * Due times, freezing, shares and closing. Works from facts alone: folds what is open, looks at each what comes next, and asks
 * for it by commands with derived ids, so that a second scheduler, or the same one after a crash, changes nothing.
 */
export class Scheduler {
  readonly #deps: SchedulerDeps;
  readonly #stop = new AbortController();
  readonly #wakeup = new Wakeup();
  readonly #entries = new Map<string, AgendaEntry>();
  /** What was asked for last, and when: asked again when nothing came of it. */
  readonly #asked = new Map<string, { readonly id: string; readonly at: number }>();
  readonly #freezing = new Set<string>();
  readonly #listed = new Map<string, LaneMessage>();
  #freezes: Promise<void> = Promise.resolve();
  #running: readonly Promise<void>[] = [];

  constructor(deps: SchedulerDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#running = [this.#keep(() => this.#read()), this.#keep(() => this.#work())];
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wakeup.ring();
    await Promise.all([...this.#running, this.#freezes]);
  }

  async #keep(task: () => Promise<void>): Promise<void> {
    const { clock, log } = this.#deps;
    while (!this.#stop.signal.aborted) {
      try {
        await task();
      } catch (error) {
        const passing = error instanceof AppError && error.verdict === 'retry';
        log[passing ? 'warn' : 'error']('scheduler interrupted', { error: String(error) });
        await clock.sleep(BACKOFF_MS, this.#stop.signal);
      }
    }
  }

  async #read(): Promise<void> {
    const { store, snapshots } = this.#deps;
    const snapshot = await snapshots.load(READER);
    this.#entries.clear();
    for (const entry of (snapshot?.state ?? []) as AgendaEntry[])
      this.#entries.set(entry.broadcastId, entry);
    const batches = store.subscribe({
      ...(snapshot ? { after: snapshot.position } : {}),
      prefixes: [streamPrefixes.broadcast, streamPrefixes.delivery],
      types: TYPES,
      signal: this.#stop.signal,
    });
    for await (const { events, position } of batches) {
      for (const stored of events) await this.#apply(stored);
      if (events.length > 0) await snapshots.save(READER, position, [...this.#entries.values()]);
      this.#wakeup.ring();
    }
  }

  async #apply(stored: StoredEvent): Promise<void> {
    const lane = laneOfStream(stored.stream);
    const broadcastId = lane?.broadcastId ?? stored.stream.slice(streamPrefixes.broadcast.length);
    const known = this.#entries.get(broadcastId);
    const opens = stored.type === 'BroadcastScheduled' || stored.type === 'RetryRequested';
    if (!known && !opens) return;
    const entry =
      known && !opens ? this.#after(known, stored, lane?.lane) : await this.#hydrate(broadcastId);
    if (isOver(entry)) {
      this.#entries.delete(broadcastId);
      await this.#unlist(entry);
    } else this.#entries.set(broadcastId, entry);
  }

  #after(
    entry: AgendaEntry,
    { type, data, revision, metadata }: StoredEvent,
    lane: number | undefined,
  ): AgendaEntry {
    const event = { type, data } as BroadcastEvent & DeliveryEvent;
    return lane === undefined
      ? afterBroadcastEvent(entry, event, revision, metadata.recordedAt)
      : afterLaneEvent(entry, lane, event);
  }

  /** Folds a broadcast and the newest word of each of its lanes. */
  async #hydrate(broadcastId: string): Promise<AgendaEntry> {
    const { store } = this.#deps;
    const history = await store.read(broadcastStream(broadcastId));
    let entry = history.reduce(
      (folded, stored) => this.#after(folded, stored, undefined),
      newEntry(broadcastId),
    );
    for (const { lane } of entry.lanes) {
      const last = await store.last(deliveryStream(broadcastId, lane));
      if (last) entry = this.#after(entry, last, lane);
    }
    return entry;
  }

  async #work(): Promise<void> {
    for (const entry of [...this.#entries.values()]) {
      await this.#step(entry, nextStep(entry, this.#deps.clock.now()));
      if (entry.phase === 'sending' || entry.phase === 'stopped') await this.#list(entry);
    }
    await this.#wakeup.wait(this.#untilDue());
  }

  #untilDue(): number {
    const now = Date.parse(this.#deps.clock.now());
    const due = [...this.#entries.values()]
      .filter(({ phase, held }) => phase === 'scheduled' && !held)
      .map(({ dueAt }) => Date.parse(dueAt) - now);
    return Math.max(1, Math.min(LOOK_MS, ...due));
  }

  async #step(entry: AgendaEntry, step: NextStep): Promise<void> {
    const { broadcastId, scheduledAt, orders } = entry;
    switch (step) {
      case 'start':
        return this.#ask(
          broadcastId,
          'StartBroadcast',
          {},
          derivedId(broadcastId, 'start', entry.revision),
        );
      case 'hold_late':
        return this.#ask(
          broadcastId,
          'StartBroadcast',
          { late: true },
          derivedId(broadcastId, 'late', scheduledAt),
        );
      case 'freeze':
        this.#freeze(entry);
        return;
      case 'complete': {
        const totals = totalsOf(entry);
        const id = derivedId(broadcastId, 'complete', orders, JSON.stringify(totals));
        return this.#ask(broadcastId, 'CompleteBroadcast', { order: orders, totals }, id);
      }
      case 'nothing':
        return;
    }
  }

  /** Publishes a command once, and again when nothing came of it for a while. */
  async #ask(
    broadcastId: string,
    type: string,
    data: Record<string, unknown>,
    commandId: string,
  ): Promise<void> {
    const { bus, clock, actor } = this.#deps;
    const asked = this.#asked.get(broadcastId);
    if (asked?.id === commandId && clock.monotonicMs() - asked.at < ASK_AGAIN_MS) return;
    await bus.publish([
      {
        topic: topics.commands,
        key: broadcastId,
        value: {
          v: 1,
          commandId,
          broadcastId,
          type,
          data,
          actor,
          correlationId: broadcastId,
          askedAt: clock.now(),
        },
      },
    ]);
    this.#asked.set(broadcastId, { id: commandId, at: clock.monotonicMs() });
  }

  /** One freeze at a time, beside everything else. */
  #freeze(entry: AgendaEntry): void {
    if (this.#freezing.has(entry.broadcastId)) return;
    this.#freezing.add(entry.broadcastId);
    this.#freezes = this.#freezes
      .then(async () => {
        if (!this.#stop.signal.aborted) await this.#freezeNow(entry);
      })
      .catch((error: unknown) => {
        this.#deps.log.warn('freeze interrupted', {
          broadcastId: entry.broadcastId,
          error: String(error),
        });
      })
      .finally(() => this.#freezing.delete(entry.broadcastId));
  }

  async #freezeNow({ broadcastId, audience, content, startedAt }: AgendaEntry): Promise<void> {
    if (!content) return;
    const routing = await this.#routing(content);
    const planned = await new Freeze(this.#deps, {
      broadcastId,
      audience,
      routing,
      startedAt,
    }).run();
    const lanes = planned.lanes.map(({ lane, botId, channel, planned: count }) => ({
      lane,
      botId,
      channel,
      planned: count,
    }));
    await this.#ask(
      broadcastId,
      'FreezeAudience',
      { planned: planned.planned, lanes, excluded: planned.excluded },
      derivedId(broadcastId, 'freeze'),
    );
  }

  async #routing(content: NonNullable<AgendaEntry['content']>): Promise<RoutingTable> {
    const { bots, bus, clock } = this.#deps;
    const known = await bots.list();
    return routingTable(
      known,
      content,
      await bus
        .snapshot(topics.channels)
        .then((all) => all.map(({ value }) => value as ChannelAnnounced)),
      clock.now(),
    );
  }

  /** Lists the lanes with their shares; only what changed is published. */
  async #list(entry: AgendaEntry): Promise<void> {
    const { bots, bus, clock } = this.#deps;
    const rates = new Map((await bots.list()).map(({ id, rate }) => [id, rate]));
    const now = clock.now();
    const shares = sharesOf(
      entry.speed,
      entry.lanes
        .filter(({ completed, held, order }) => !held && (!completed || order < entry.orders))
        .map(({ lane, planned, botId }) => ({
          lane,
          waiting: planned,
          most: rates.get(botId) ?? 1,
        })),
    );
    const messages: OutgoingMessage[] = [];
    for (const { lane, botId, channel, planned } of entry.lanes) {
      const key = laneKey(entry.broadcastId, lane);
      const before = this.#listed.get(key);
      const share = shares.get(lane) ?? before?.share ?? 1;
      if (before?.share === share) continue;
      const increase = before !== undefined && share > before.share;
      const from = increase ? new Date(Date.parse(now) + INCREASE_AFTER_MS).toISOString() : now;
      const phase = entry.lanes.length > 1 ? lane / entry.lanes.length : 0;
      const value: LaneMessage = {
        v: 1,
        broadcastId: entry.broadcastId,
        lane,
        botId,
        planned,
        share,
        phase,
        from,
      };
      this.#listed.set(key, value);
      messages.push({ topic: topics.lanes(channel), key, partitionBy: botId, value });
    }
    if (messages.length > 0) await bus.publish(messages);
  }

  async #unlist(entry: AgendaEntry): Promise<void> {
    this.#asked.delete(entry.broadcastId);
    const messages = entry.lanes.map(({ lane, botId, channel }) => {
      const key = laneKey(entry.broadcastId, lane);
      this.#listed.delete(key);
      return { topic: topics.lanes(channel), key, partitionBy: botId, value: null };
    });
    if (messages.length > 0) await this.#deps.bus.publish(messages);
  }
}

/** What routing has to know, from the bots, the message and the dispatchers' announcements. */
export const routingTable = (
  bots: readonly { readonly id: string; readonly channel: string }[],
  content: NonNullable<AgendaEntry['content']>,
  announced: readonly ChannelAnnounced[],
  now: string,
): RoutingTable => {
  const channels = [...new Set(bots.map(({ channel }) => channel))];
  return {
    bots: Object.fromEntries(bots.map(({ id, channel }) => [id, channel])),
    contentFor: channels.filter((channel) => elementsFor(content, channel).length > 0),
    served: announced
      .filter(({ expiresAt }) => Date.parse(now) - Date.parse(expiresAt) < SERVED_MS)
      .map(({ capabilities }) => capabilities.channel),
  };
};
