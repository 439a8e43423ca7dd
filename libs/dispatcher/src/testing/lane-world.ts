import { SqliteBotRegistry, SqliteContactDirectory, SqliteEventStore } from '@crier/adapter-sqlite';
import type { Bot } from '@crier/audience';
import {
  broadcastStream,
  deliveryStream,
  type BroadcastEvent,
  type DeliveryEvent,
  type LaneMessage,
  type LifecycleMessage,
} from '@crier/contracts';
import {
  ClosedLanes,
  Freeze,
  Governor,
  LaneFold,
  LaneRunner,
  TROUBLE_LIMITS,
  type LaneAlarm,
} from '@crier/delivery';
import { EventStore, freshId, NO_STREAM, SilentLog, SilentMeter, SystemClock } from '@crier/kernel';
import { HostileEventStore, type EventStoreHostility } from '@crier/kernel/testing';
import { Referee, ScriptedConnector, type Trouble } from './scripted-connector.ts';

const clock = new SystemClock();
const bot: Bot = {
  id: 'bot',
  channel: 'telegram',
  name: 'bot',
  credentials: { token: 'old' },
  rate: 100_000,
};
const media = {
  find: () => Promise.resolve(undefined),
  open: () => Promise.resolve(undefined),
  urlOf: () => '',
};

export interface WorldOptions {
  readonly contacts: number;
  readonly parts?: number;
  readonly share?: number;
}

/** One copy of a dispatcher, as far as one lane is concerned. */
export interface Copy {
  readonly runner: LaneRunner;
  /** The process dies: nothing it waits for ever comes. */
  kill(): void;
}

/** One broadcast with one lane on a store in memory, a referee, and as many owners as a test wants. */
export class LaneWorld {
  readonly referee = new Referee();
  readonly store: EventStore;
  readonly alarms: LaneAlarm[] = [];
  readonly broadcastId = freshId();
  readonly lane: LaneMessage;
  readonly #directory: SqliteContactDirectory;
  readonly #bots = new SqliteBotRegistry({ path: ':memory:', key: new Uint8Array(32) });
  readonly #copies: Copy[] = [];
  #revision = NO_STREAM;

  private constructor(store: EventStore, directory: SqliteContactDirectory, options: WorldOptions) {
    this.store = store;
    this.#directory = directory;
    const { contacts, share = 100_000 } = options;
    this.lane = {
      v: 1,
      broadcastId: this.broadcastId,
      lane: 0,
      botId: bot.id,
      planned: contacts,
      share,
      phase: 0,
      from: clock.now(),
    };
  }

  static async open(options: WorldOptions): Promise<LaneWorld> {
    const store = await SqliteEventStore.open({ path: ':memory:', writer: 'inline' });
    const directory = new SqliteContactDirectory({
      path: ':memory:',
      clock,
      channelOf: () => 'telegram',
    });
    const world = new LaneWorld(store, directory, options);
    await world.#plan(options);
    return world;
  }

  /** Where receipts go when no copy has the lane any more. */
  get closed(): ClosedLanes {
    const connector = new ScriptedConnector(this.referee, { seed: 0 });
    return new ClosedLanes({ store: this.store, clock, connector, actor: 'test' });
  }

  get directory(): SqliteContactDirectory {
    return this.#directory;
  }

  /** A fact of the broadcast, stored and told to every living copy. */
  async tell(event: BroadcastEvent): Promise<void> {
    const recordedAt = clock.now();
    const metadata = {
      schemaVersion: 1,
      correlationId: 'c',
      causationId: 'c',
      actor: 'test',
      recordedAt,
    };
    const stream = broadcastStream(this.broadcastId);
    const { revision } = await this.store.append(stream, this.#revision, [
      { id: freshId(), ...event, metadata },
    ]);
    this.#revision = revision;
    const news: LifecycleMessage = {
      v: 1,
      broadcastId: this.broadcastId,
      revision,
      recordedAt,
      event,
    };
    for (const { runner } of this.#copies) runner.hear(news);
  }

  /** The bot gets other credentials. */
  async changeToken(token: string): Promise<void> {
    await this.#bots.put({ ...bot, credentials: { token } });
  }

  /** Starts one more owner. */
  copy(trouble: Trouble, hostility: EventStoreHostility): Copy {
    const connector = new ScriptedConnector(this.referee, trouble);
    const store = new MortalStore(new HostileEventStore(this.store, hostility));
    const runner = new LaneRunner(
      {
        store,
        directory: this.#directory,
        bots: this.#bots,
        connector,
        media,
        clock,
        log: new SilentLog(),
        meter: new SilentMeter(),
        actor: 'test',
        refs: { sign: () => 'ref', linkOf: (ref) => ref },
        alarm: (_lane, alarm) => {
          this.alarms.push(alarm);
          return Promise.resolve();
        },
        concurrency: 20,
        trouble: TROUBLE_LIMITS,
        silenceMs: 50,
      },
      this.lane,
      bot,
      new Governor(bot.rate, clock),
    );
    const copy: Copy = {
      runner,
      kill: () => {
        connector.dead = true;
        store.dead = true;
        this.#copies.splice(this.#copies.indexOf(copy), 1);
      },
    };
    this.#copies.push(copy);
    runner.start();
    return copy;
  }

  /** The lane as its stream has it; throws where the history is illegal. */
  async fold(): Promise<LaneFold> {
    const fold = new LaneFold(this.lane.planned);
    for (const { type, data, revision, metadata } of await this.store.read(
      deliveryStream(this.broadcastId, 0),
    ))
      fold.apply({ type, data } as DeliveryEvent, revision, metadata.recordedAt);
    return fold;
  }

  /** Address of a recipient: contacts are planned in order of their ids. */
  async addressOf(index: number): Promise<string> {
    this.#addresses ??= await this.#readAddresses();
    return this.#addresses[index] ?? '';
  }

  async close(): Promise<void> {
    await Promise.all(this.#copies.map(({ runner }) => runner.release()));
  }

  #addresses: string[] | undefined;

  async #readAddresses(): Promise<string[]> {
    const addresses: string[] = [];
    const everybody = { filter: { all: [] }, route: 'main' } as const;
    for await (const page of this.#directory.export(everybody, clock.now()))
      addresses.push(...page.map(({ connections }) => connections[0]?.address ?? ''));
    return addresses;
  }

  async #plan({ contacts, parts = 1 }: WorldOptions): Promise<void> {
    const { broadcastId } = this;
    const changes = Array.from({ length: contacts }, (_none, i) => ({
      connections: [{ botId: bot.id, address: String(i + 1) }],
    }));
    await this.#directory.upsert(changes);
    const elements = Array.from({ length: parts }, (_none, i) => ({
      type: 'text' as const,
      text: String(i),
    }));
    const content = { synchronised: true, elements };
    await this.tell({ type: 'BroadcastDrafted', data: { broadcastId, name: 'Test' } });
    await this.tell({
      type: 'MessageComposed',
      data: { broadcastId, content, contentRevision: 1 },
    });
    await this.tell({ type: 'BroadcastStarted', data: { broadcastId, startedAt: clock.now() } });
    const routing = { bots: { bot: 'telegram' }, contentFor: ['telegram'], served: ['telegram'] };
    const audience = { filter: { all: [] }, route: 'main' } as const;
    await new Freeze(
      { store: this.store, directory: this.#directory, clock, actor: 'test' },
      { broadcastId, audience, routing, startedAt: clock.now() },
    ).run();
  }
}

/** A store whose answers stop coming when the process that asks is dead. */
class MortalStore extends EventStore {
  dead = false;
  readonly #inner: EventStore;

  constructor(inner: EventStore) {
    super();
    this.#inner = inner;
  }

  append: EventStore['append'] = (...args) => this.#answer(() => this.#inner.append(...args));
  read: EventStore['read'] = (...args) => this.#answer(() => this.#inner.read(...args));
  last: EventStore['last'] = (...args) => this.#answer(() => this.#inner.last(...args));
  head: EventStore['head'] = () => this.#answer(() => this.#inner.head());
  subscribe: EventStore['subscribe'] = (options) => this.#inner.subscribe(options);

  #alive<Value>(value: Value): Value | Promise<Value> {
    return this.dead ? new Promise(() => undefined) : value;
  }

  async #answer<Value>(ask: () => Promise<Value>): Promise<Value> {
    if (this.dead) return new Promise(() => undefined);
    const value = await ask();
    return this.#alive(value);
  }
}
