import {
  SqliteBotRegistry,
  SqliteContactDirectory,
  SqliteEventStore,
  SqliteMessageBus,
  SqliteReadModels,
  SqliteReadModelWriter,
  SqliteSnapshotStore,
} from '@crier/adapter-sqlite';
import { CommandIntake, Relay } from '@crier/broadcast';
import {
  audienceStream,
  broadcastStream,
  deliveryStream,
  isTableTopic,
  topics,
  type Audience,
  type AudienceEvent,
  type BroadcastEvent,
  type DeliveryEvent,
  type LaneMessage,
} from '@crier/contracts';
import { freshId, NO_STREAM, SilentLog, SystemClock, type EventStore } from '@crier/kernel';
import { Projector, type ReadModels } from '@crier/statistics';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SchedulerApp, type SchedulerAppDeps } from '../index.ts';

const clock = new SystemClock();
const log = new SilentLog();
const content = { synchronised: true, elements: [{ type: 'text', text: 'Hi' }] };

const someMetadata = () => ({
  schemaVersion: 1,
  correlationId: 'c',
  causationId: 'c',
  actor: 'test',
  recordedAt: clock.now(),
});

/** Event type → its data. */
type Facts = { [Fact in BroadcastEvent as Fact['type']]: Fact['data'] };

/** Broadcasts and schedulers over stores in memory; the tests play operator and dispatcher. */
export class SchedulerWorld {
  /** The broadcast that commands and questions are about. */
  broadcastId = freshId();
  readonly store: EventStore;
  readonly directory: SqliteContactDirectory;
  readonly #bus: SqliteMessageBus;
  readonly #bots: SqliteBotRegistry;
  readonly #apps: { stop(): Promise<void> }[] = [];

  private constructor(store: EventStore, bus: SqliteMessageBus) {
    this.store = store;
    this.#bus = bus;
    this.#bots = new SqliteBotRegistry({ path: ':memory:', key: new Uint8Array(32) });
    this.directory = new SqliteContactDirectory({
      path: ':memory:',
      clock,
      channelOf: (id) => this.#bots.channelOf(id),
    });
  }

  static async open(): Promise<SchedulerWorld> {
    const store = await SqliteEventStore.open({ path: ':memory:', writer: 'inline' });
    const bus = await SqliteMessageBus.open({
      path: ':memory:',
      writer: 'inline',
      tables: isTableTopic,
    });
    const world = new SchedulerWorld(store, bus);
    await world.#start();
    return world;
  }

  async #start(): Promise<void> {
    for (const id of ['a', 'b'])
      await this.#bots.put({ id, channel: 'telegram', name: id, credentials: {}, rate: 30 });
    await this.#bus.publish([
      {
        topic: topics.channels,
        key: 'telegram/test',
        value: {
          v: 1,
          instance: 'test',
          capabilities: { channel: 'telegram' },
          expiresAt: new Date(Date.now() + 60_000).toISOString(),
        },
      },
    ]);
    const parts = { store: this.store, bus: this.#bus, clock, log };
    const intake = new CommandIntake(parts);
    const relay = new Relay({ ...parts, snapshots: new SqliteSnapshotStore(':memory:') });
    await intake.start();
    relay.start();
    this.#apps.push(intake, relay);
  }

  /** Read models, and the projector that fills them once it is started. */
  async statistics(): Promise<{ readonly readModels: ReadModels; readonly projector: Projector }> {
    const folder = await mkdtemp(join(tmpdir(), 'crier-scheduler-'));
    const path = join(folder, 'read-models.db');
    const writer = await SqliteReadModelWriter.open({ path });
    const readModels = await SqliteReadModels.open({ path });
    const projector = new Projector({ store: this.store, writer, clock, log, lingerMs: 0 });
    const stop = async (): Promise<void> => {
      await projector.stop();
      await Promise.all([readModels.close(), writer.close()]);
      await rm(folder, { recursive: true });
    };
    this.#apps.push({ stop });
    return { readModels, projector };
  }

  /** One more copy of the scheduler. */
  async scheduler(more: Partial<SchedulerAppDeps> = {}): Promise<SchedulerApp> {
    const app = new SchedulerApp({
      store: this.store,
      bus: this.#bus,
      bots: this.#bots,
      directory: this.directory,
      snapshots: new SqliteSnapshotStore(':memory:'),
      clock,
      log,
      actor: 'scheduler',
      ...more,
    });
    await app.start();
    this.#apps.unshift(app);
    return app;
  }

  /** Contacts on bot `a`, or turn by turn on both. */
  async contacts(
    count: number,
    bots: readonly string[] = ['a'],
    prefix = '1',
  ): Promise<readonly string[]> {
    const answers = await this.directory.upsert(
      Array.from({ length: count }, (_none, i) => ({
        connections: [
          { botId: bots[i % bots.length] ?? 'a', address: `${prefix}${1_000_000 + i}` },
        ],
      })),
    );
    return answers.flatMap((one) => (one.ok ? [one.id] : [])).sort();
  }

  async command(type: string, data: object = {}, askedAt = clock.now()): Promise<void> {
    const { broadcastId } = this;
    await this.#bus.publish([
      {
        topic: topics.commands,
        key: broadcastId,
        value: {
          v: 1,
          commandId: freshId(),
          broadcastId,
          type,
          data,
          actor: 'operator',
          correlationId: 'c',
          askedAt,
        },
      },
    ]);
  }

  async draft(audience?: Audience): Promise<void> {
    await this.command('DraftBroadcast', { name: 'Test' });
    await this.command('ComposeMessage', { content });
    if (audience) await this.command('ChooseAudience', { audience });
  }

  /** Another broadcast, long over, that was sent to these people. */
  async sentBefore(contactIds: readonly string[]): Promise<string> {
    const id = freshId();
    const lane = { lane: 0, botId: 'a', channel: 'telegram' };
    const planned = contactIds.length;
    const of = { broadcastId: id };
    const stories: readonly (readonly [string, readonly (readonly [string, object])[]])[] = [
      [
        broadcastStream(id),
        [
          ['BroadcastDrafted', { ...of, name: 'Before' }],
          ['BroadcastScheduled', { ...of, start: { mode: 'now' }, instant: clock.now() }],
          ['BroadcastStarted', { ...of, startedAt: clock.now() }],
        ],
      ],
      [
        audienceStream(id),
        [
          ['BatchPlanned', { ...of, ...lane, from: 0, contactIds, scannedTo: contactIds.at(-1) }],
          [
            'AudiencePlanned',
            { ...of, planned, excluded: {}, lanes: [{ ...lane, planned, batches: [[0, 0]] }] },
          ],
        ],
      ],
      [
        broadcastStream(id),
        [['AudienceFrozen', { ...of, planned, excluded: {}, lanes: [{ ...lane, planned }] }]],
      ],
      [
        deliveryStream(id, 0),
        [['WindowTurned', { epoch: 'e', settled: contactIds.map((_, index) => [index, 'sent']) }]],
      ],
    ];
    for (const [stream, facts] of stories) {
      const last = await this.store.last(stream);
      await this.store.append(
        stream,
        last?.revision ?? NO_STREAM,
        facts.map(([type, data]) => ({ id: freshId(), type, data, metadata: someMetadata() })),
      );
    }
    return id;
  }

  async activateAt(instant: string, askedAt = clock.now()): Promise<void> {
    await this.command(
      'ActivateBroadcast',
      { start: { mode: 'at', instant, local: '', zone: 'UTC' } },
      askedAt,
    );
  }

  async completeLane(
    lane: number,
    totals: { order: number; sent: number; failed?: number },
  ): Promise<void> {
    const stream = deliveryStream(this.broadcastId, lane);
    const last = await this.store.last(stream);
    const data = { failed: 0, skipped: 0, unconfirmed: 0, stopped: 0, ...totals };
    await this.append(stream, last?.revision ?? NO_STREAM, { type: 'LaneCompleted', data });
  }

  async append(stream: string, expected: number, event: DeliveryEvent): Promise<void> {
    const metadata = someMetadata();
    await this.store.append(stream, expected, [{ id: freshId(), ...event, metadata }]);
  }

  async history(): Promise<readonly string[]> {
    return (await this.store.read(broadcastStream(this.broadcastId))).map(({ type }) => type);
  }

  /** The data of the newest event of a type, as soon as there is one. */
  async event<Type extends keyof Facts>(type: Type): Promise<Facts[Type]> {
    for (let tries = 0; tries < 500; tries += 1) {
      const stored = (await this.store.read(broadcastStream(this.broadcastId))).findLast(
        (event) => event.type === type,
      );
      if (stored) return stored.data as Facts[Type];
      await delay(10);
    }
    throw new Error(`No ${type} came; history: ${(await this.history()).join()}`);
  }

  async plannedContacts(): Promise<readonly string[]> {
    const events = await this.store.read(audienceStream(this.broadcastId));
    return events
      .map(({ type, data }) => ({ type, data }) as AudienceEvent)
      .flatMap((event) => (event.type === 'BatchPlanned' ? event.data.contactIds : []));
  }

  async listed(): Promise<readonly LaneMessage[]> {
    return (await this.#bus.snapshot(topics.lanes('telegram'))).flatMap(({ value }) =>
      value === null ? [] : [value as LaneMessage],
    );
  }

  async agenda(): Promise<readonly string[]> {
    return (await this.#bus.snapshot(topics.agenda)).map(({ key }) => key);
  }

  async leaveOnAgenda(): Promise<void> {
    await this.#bus.publish([{ topic: topics.agenda, key: this.broadcastId, value: { v: 1 } }]);
  }

  async close(): Promise<void> {
    for (const app of this.#apps) await app.stop();
    await this.#bus.close();
  }
}
