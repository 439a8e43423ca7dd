import type { Behaviours, BotRegistry, ContactDirectory } from '@crier/audience';
import {
  broadcastStream,
  deliveryStream,
  laneOfStream,
  streamPrefixes,
  topics,
  type BroadcastEvent,
  type DeliveryEvent,
} from '@crier/contracts';
import {
  AppError,
  derivedId,
  tracedBy,
  type Clock,
  type EventStore,
  type Log,
  type MessageBus,
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
import { AgendaShare } from './agenda-share.ts';
import { Freezes } from './freezes.ts';
import { LaneListing } from './lane-listing.ts';
import { Wakeup } from './signal.ts';

export interface SchedulerDeps {
  readonly store: EventStore;
  readonly bus: MessageBus;
  readonly directory: ContactDirectory;
  /** What people did; without it a broadcast whose audience asks for that is held. */
  readonly behaviours?: Behaviours;
  /** So long a freeze waits for the statistics that it reads. @default 30,000 */
  readonly statisticsPatienceMs?: number;
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
const SOON_MS = 100;
const BACKOFF_MS = 500;
const ASK_AGAIN_MS = 10_000;

const opensEntry = ({ type }: StoredEvent): boolean =>
  type === 'BroadcastScheduled' || type === 'RetryRequested';

/**
 * Due times, freezing, shares and closing. Works from facts alone: folds what is open, looks at each what comes next, and asks
 * for it by commands with derived ids, so that a second scheduler, or the same one after a crash, changes nothing. Copies share the
 * open broadcasts; every one of them reads all facts.
 */
export class Scheduler {
  readonly #deps: SchedulerDeps;
  readonly #stop = new AbortController();
  readonly #wakeup = new Wakeup();
  readonly #entries = new Map<string, AgendaEntry>();
  /** What was asked for last, and when: asked again when nothing came of it. */
  readonly #asked = new Map<string, { readonly id: string; readonly at: number }>();
  readonly #freezes: Freezes;
  readonly #lanes: LaneListing;
  readonly #share: AgendaShare;
  #running: readonly Promise<void>[] = [];

  constructor(deps: SchedulerDeps) {
    this.#deps = deps;
    this.#lanes = new LaneListing(deps);
    this.#freezes = new Freezes(deps, this.#ask.bind(this), this.#stop.signal);
    this.#share = new AgendaShare(
      deps.bus,
      (gained) => this.#gained(gained),
      (lost) => {
        for (const broadcastId of lost) {
          this.#lanes.forget(broadcastId);
          this.#freezes.forget(broadcastId);
        }
      },
    );
  }

  /** @throws Unavailable */
  async start(): Promise<void> {
    await this.#share.join();
    this.#running = [this.#keep(() => this.#read()), this.#keep(() => this.#work())];
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wakeup.ring();
    await Promise.all(this.#running);
    await this.#freezes.idle();
    await this.#share.leave();
  }

  /** What is over but still listed was left behind by a copy that died in between. */
  async #gained(broadcastIds: readonly string[]): Promise<void> {
    for (const broadcastId of broadcastIds) {
      if (this.#entries.has(broadcastId)) continue;
      const entry = await this.#hydrate(broadcastId);
      if (isOver(entry)) await this.#close(entry);
    }
    this.#wakeup.ring();
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
    for (const entry of (snapshot?.state ?? []) as AgendaEntry[]) {
      this.#entries.set(entry.broadcastId, entry);
      // The bus may have lost its tables: what is open is told again.
      await this.#share.enter(entry.broadcastId);
    }
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
    const opens = opensEntry(stored);
    if (!known && !opens) return;
    const entry =
      known && !opens ? this.#after(known, stored, lane?.lane) : await this.#hydrate(broadcastId);
    if (isOver(entry)) {
      this.#entries.delete(broadcastId);
      this.#asked.delete(broadcastId);
      this.#freezes.forget(broadcastId);
      if (this.#share.has(broadcastId)) await this.#close(entry);
    } else {
      this.#entries.set(broadcastId, entry);
      if (opens) await this.#share.enter(broadcastId);
    }
  }

  async #close(entry: AgendaEntry): Promise<void> {
    await this.#lanes.unlist(entry);
    await this.#share.remove(entry.broadcastId);
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
    const trace = history.findLast(opensEntry)?.metadata.trace;
    return trace === undefined ? entry : { ...entry, trace };
  }

  async #work(): Promise<void> {
    const own = [...this.#entries.values()].filter(({ broadcastId }) =>
      this.#share.has(broadcastId),
    );
    for (const entry of own) {
      await this.#step(entry, nextStep(entry, this.#deps.clock.now()));
      if (entry.phase === 'sending' || entry.phase === 'stopped') await this.#lanes.list(entry);
    }
    await this.#wakeup.wait(this.#untilDue());
  }

  #untilDue(): number {
    const now = Date.parse(this.#deps.clock.now());
    const due = [...this.#entries.values()]
      .filter(({ phase, held }) => phase === 'scheduled' && !held)
      .map(({ dueAt }) => Date.parse(dueAt) - now);
    return Math.max(1, Math.min(this.#freezes.isWaiting ? SOON_MS : LOOK_MS, ...due));
  }

  async #step(entry: AgendaEntry, step: NextStep): Promise<void> {
    const { broadcastId, scheduledAt, orders } = entry;
    switch (step) {
      case 'start':
        return this.#ask(
          entry,
          'StartBroadcast',
          {},
          derivedId(broadcastId, 'start', entry.revision),
        );
      case 'hold_late':
        return this.#ask(
          entry,
          'StartBroadcast',
          { late: true },
          derivedId(broadcastId, 'late', scheduledAt),
        );
      case 'freeze':
        return this.#freezes.look(entry);
      case 'complete': {
        const totals = totalsOf(entry);
        const id = derivedId(broadcastId, 'complete', orders, JSON.stringify(totals));
        return this.#ask(entry, 'CompleteBroadcast', { order: orders, totals }, id);
      }
      case 'nothing':
        return;
    }
  }

  /** Publishes a command once, and again when nothing came of it for a while. */
  async #ask(
    entry: AgendaEntry,
    type: string,
    data: Record<string, unknown>,
    commandId: string,
  ): Promise<void> {
    const { bus, clock, actor } = this.#deps;
    const { broadcastId } = entry;
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
        ...tracedBy(entry),
      },
    ]);
    this.#asked.set(broadcastId, { id: commandId, at: clock.monotonicMs() });
  }
}
