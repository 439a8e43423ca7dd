import {
  SqliteBotRegistry,
  SqliteContactDirectory,
  SqliteEventStore,
  SqliteMessageBus,
  SqliteSnapshotStore,
} from '@crier/adapter-sqlite';
import { CommandIntake, Relay } from '@crier/broadcast';
import { broadcastStream, isTableTopic, streamPrefixes, topics } from '@crier/contracts';
import { Dispatcher, Scheduler, SentMessages, TROUBLE_LIMITS } from '@crier/delivery';
import {
  freshId,
  SilentLog,
  SilentMeter,
  SystemClock,
  type EventStore,
  type IncomingMessage,
  type MessageBus,
} from '@crier/kernel';
import type { Tracing } from '../tracing.ts';
import { EchoingConnector } from './echoing-connector.ts';
import { HeaderKeepingBus } from './header-keeping-bus.ts';

const clock = new SystemClock();
const log = new SilentLog();
const BOTS = ['bot-a', 'bot-b'] as const;

/** What no trace may tell. */
export const PERSONAL = { address: '5550001', text: 'Dear Olena', token: 'secret-token' } as const;

const media = {
  find: () => Promise.resolve(undefined),
  open: () => Promise.resolve(undefined),
  urlOf: () => '',
};

/** Every app of the distributed deployment in one process, over stores in memory; two people, each at a bot of their own. */
export class TracedWorld {
  /** Without decorators. */
  readonly store: EventStore;
  /** As the gateway has it. */
  readonly bus: MessageBus;
  readonly published: IncomingMessage[] = [];
  readonly #tracing: Omit<Tracing, 'stop'>;
  readonly #plainBus: MessageBus;
  readonly #stops: (() => Promise<unknown>)[] = [];

  private constructor(store: EventStore, bus: MessageBus, tracing: Omit<Tracing, 'stop'>) {
    this.store = store;
    this.#plainBus = bus;
    this.bus = tracing.bus(bus);
    this.#tracing = tracing;
  }

  static async open(tracing: Omit<Tracing, 'stop'>): Promise<TracedWorld> {
    const store = await SqliteEventStore.open({ path: ':memory:', writer: 'inline' });
    const inner = await SqliteMessageBus.open({
      path: ':memory:',
      writer: 'inline',
      tables: isTableTopic,
    });
    const world = new TracedWorld(store, new HeaderKeepingBus(inner), tracing);
    world.#stops.push(() => inner.close());
    await world.#listen();
    await world.#startApps();
    return world;
  }

  async command(broadcastId: string, type: string, data: object = {}): Promise<void> {
    const value = {
      v: 1,
      commandId: freshId(),
      broadcastId,
      type,
      data,
      actor: 'operator',
      correlationId: 'c',
      askedAt: clock.now(),
    };
    await this.bus.publish([{ topic: topics.commands, key: broadcastId, value }]);
  }

  async draft(broadcastId: string): Promise<void> {
    const elements = [{ type: 'text', text: PERSONAL.text }];
    await this.command(broadcastId, 'DraftBroadcast', { name: PERSONAL.text });
    await this.command(broadcastId, 'ComposeMessage', {
      content: { synchronised: true, elements },
    });
  }

  async types(broadcastId: string): Promise<readonly string[]> {
    const history = await this.store.read(broadcastStream(broadcastId));
    return history.map(({ type }) => type);
  }

  async close(): Promise<void> {
    for (let stop = this.#stops.pop(); stop; stop = this.#stops.pop()) await stop();
  }

  async #listen(): Promise<void> {
    for (const topic of [topics.commands, topics.lifecycle, topics.lanes('telegram')])
      await this.#plainBus.tail({
        topic,
        onBatch: (messages) => {
          this.published.push(...messages);
          return Promise.resolve();
        },
      });
  }

  async #startApps(): Promise<void> {
    const bots = new SqliteBotRegistry({ path: ':memory:', key: new Uint8Array(32) });
    const directory = new SqliteContactDirectory({
      path: ':memory:',
      clock,
      channelOf: (id) => bots.channelOf(id),
    });
    const credentials = { token: PERSONAL.token };
    for (const id of BOTS)
      await bots.put({ id, channel: 'telegram', name: id, credentials, rate: 1_000 });
    await directory.upsert(
      BOTS.map((botId) => ({ connections: [{ botId, address: `${PERSONAL.address}-${botId}` }] })),
    );
    const shared = { clock, log, bots, directory, media };
    await this.#start(
      new Dispatcher({
        ...this.#ports(),
        ...shared,
        meter: new SilentMeter(),
        connector: this.#tracing.connector(new EchoingConnector()),
        actor: 'dispatcher-telegram',
        refSecret: 'secret',
        refs: { sign: () => 'ref', linkOf: (ref) => ref },
        concurrency: 2,
        trouble: TROUBLE_LIMITS,
        silenceMs: 1_000,
        sent: new NothingSent(),
      }),
    );
    const snapshots = () => ({ snapshots: new SqliteSnapshotStore(':memory:') });
    await this.#start(
      new Scheduler({ ...this.#ports(), ...shared, ...snapshots(), actor: 'scheduler' }),
    );
    await this.#start(new CommandIntake({ ...this.#ports(), clock, log }));
    await this.#start(new Relay({ ...this.#ports(), ...snapshots(), clock, log }));
    this.#project();
  }

  /** Every app has connections, and decorators, of its own. */
  #ports(): { readonly store: EventStore; readonly bus: MessageBus } {
    return {
      store: this.#tracing.store(this.store),
      bus: this.#tracing.bus(this.#plainBus),
    };
  }

  async #start(app: { start(): Promise<void> | void; stop(): Promise<void> }): Promise<void> {
    await app.start();
    this.#stops.push(() => app.stop());
  }

  /** Folds everything, to nowhere. */
  #project(): void {
    const stopping = new AbortController();
    const prefixes = Object.values(streamPrefixes);
    const folding = (async () => {
      const { store } = this.#ports();
      for await (const batch of store.subscribe({ prefixes, signal: stopping.signal }))
        if (stopping.signal.aborted) return batch.position;
      return undefined;
    })();
    this.#stops.push(() => {
      stopping.abort();
      return folding;
    });
  }
}

/** Nobody asks for receipts here. */
class NothingSent extends SentMessages {
  to = () => Promise.resolve(new Map());
  knows = () => Promise.resolve(true);
}
