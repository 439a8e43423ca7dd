import {
  FileMediaStore,
  SqliteBotRegistry,
  SqliteCommandLog,
  SqliteContactDirectory,
  SqliteEventStore,
  SqliteImportStore,
  SqliteMessageBus,
  SqliteReadModels,
  SqliteReadModelWriter,
  SqliteTokenStore,
} from '@crier/adapter-sqlite';
import { ContactImport } from '@crier/audience';
import { CommandIntake } from '@crier/broadcast';
import { openConnectors } from '@crier/channels';
import { isTableTopic, topics, type Capabilities, type ChannelAnnounced } from '@crier/contracts';
import { SilentLog, SystemClock, type MessageBus } from '@crier/kernel';
import { Projector } from '@crier/statistics';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { InjectOptions } from 'light-my-request';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import {
  configureGateway,
  ConnectorContentChecker,
  ConnectorPreviewer,
  gatewayAdapter,
  GatewayModule,
  Maintenance,
  issueToken,
  type GatewayConfig,
  type Role,
  type Verified,
} from '../index.ts';
import { AnnouncedContentChecker } from '../connectors/announced-content.ts';
import { AnswerCheck } from './answer-check.ts';
import { FriendlyMessenger } from './friendly-messenger.ts';
import { replyOf, type Reply, type Shown } from './reply.ts';

const clock = new SystemClock();
export const SECRET = 'a secret for refs';

class Upkeep extends Maintenance {
  readonly #projector: Projector;

  constructor(projector: Projector) {
    super();
    this.#projector = projector;
  }

  async rebuild(): Promise<void> {
    await this.#projector.rebuild();
  }

  verify(): Promise<readonly Verified[]> {
    return Promise.resolve([]);
  }
}

export interface WorldOptions extends Partial<GatewayConfig> {
  /** Nobody carries out commands. */
  readonly deaf?: boolean;
  /** Channels with a dispatcher and a bot of the same name; Telegram's bot is called `tg`. @default telegram */
  readonly channels?: readonly string[];
  /** What dispatchers of other channels announce. */
  readonly strangers?: readonly Capabilities[];
}

export interface Asked {
  readonly as?: Role | 'nobody';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A gateway on stores in memory, with the decider and the projector beside it. */
export class GatewayWorld {
  readonly store: SqliteEventStore;
  readonly bus: SqliteMessageBus;
  readonly directory: SqliteContactDirectory;
  readonly bots: SqliteBotRegistry;
  readonly readModels: SqliteReadModels;
  readonly registry: Registry;
  readonly tokens: Readonly<Record<Role, string>>;
  readonly app: NestFastifyApplication;
  readonly #check: AnswerCheck;
  readonly #ends: (() => Promise<unknown>)[];

  private constructor(parts: Parts, app: NestFastifyApplication) {
    this.store = parts.store;
    this.bus = parts.bus;
    this.directory = parts.directory;
    this.bots = parts.bots;
    this.readModels = parts.readModels;
    this.tokens = parts.tokens;
    this.registry = parts.registry;
    this.app = app;
    this.#check = new AnswerCheck(app);
    this.#ends = parts.ends;
  }

  static async open(options: WorldOptions = {}): Promise<GatewayWorld> {
    const parts = await openParts(options);
    @Module({ imports: [parts.module] })
    class TestApp {}
    const app = await NestFactory.create<NestFastifyApplication>(TestApp, gatewayAdapter(options), {
      logger: false,
      bodyParser: false,
    });
    await configureGateway(app);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new GatewayWorld(parts, app);
  }

  async close(): Promise<void> {
    await this.app.close();
    for (const end of this.#ends) await end();
  }

  /** One request; the answer is checked against the API's description. */
  async ask(
    method: NonNullable<InjectOptions['method']>,
    url: string,
    { as = 'operator', body, headers = {} }: Asked = {},
  ): Promise<Reply> {
    const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
    const isJson = body !== undefined && !isRaw;
    const response = await this.app.inject({
      method,
      url,
      headers: {
        ...(as === 'nobody' ? {} : { authorization: `Bearer ${this.tokens[as]}` }),
        ...(isJson ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(isRaw ? { payload: body } : {}),
      ...(isJson ? { payload: JSON.stringify(body) } : {}),
    });
    const reply = replyOf(response);
    this.#check.response(method, url, reply);
    return reply;
  }

  /** A draft that can be activated: one contact is reached. */
  async sendable(more: object = {}): Promise<Shown> {
    const response = await this.ask('POST', '/v1/broadcasts', {
      body: {
        message: { synchronised: true, elements: [{ type: 'text', text: 'Hi' }] },
        ...more,
      },
    });
    if (response.statusCode !== 201) throw new Error(response.body);
    return response.json();
  }

  async addContact(externalId: string): Promise<string> {
    const [answer] = await this.directory.upsert([
      {
        externalId,
        firstName: 'Ann',
        variables: { city: 'Kyiv' },
        connections: [{ botId: 'tg', address: externalId }],
      },
    ]);
    if (answer?.ok !== true) throw new Error('contact refused');
    return answer.id;
  }
}

type Parts = Awaited<ReturnType<typeof openParts>>;

const announce = async (bus: MessageBus, capabilities: Capabilities): Promise<void> => {
  const value: ChannelAnnounced = {
    v: 1,
    instance: 'one',
    capabilities,
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
  };
  await bus.publish([{ topic: topics.channels, key: `${capabilities.channel}/one`, value }]);
};

const openStores = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const bots = new SqliteBotRegistry({ path: ':memory:', key: Buffer.alloc(32, 1) });
  const path = join(folder, 'read-models.db');
  const writer = await SqliteReadModelWriter.open({ path });
  return {
    folder,
    bots,
    store: await SqliteEventStore.open({ path: ':memory:', writer: 'inline' }),
    bus: await SqliteMessageBus.open({ path: ':memory:', writer: 'inline', tables: isTableTopic }),
    directory: new SqliteContactDirectory({
      path: ':memory:',
      clock,
      channelOf: (id) => bots.channelOf(id),
    }),
    media: new FileMediaStore({ directory: join(folder, 'media') }),
    importStore: new SqliteImportStore({ path: ':memory:' }),
    tokenStore: new SqliteTokenStore<Role>({ path: ':memory:' }),
    commandLog: new SqliteCommandLog({ path: ':memory:' }),
    writer,
    readModels: await SqliteReadModels.open({ path }),
  };
};

const issueAll = async (tokenStore: SqliteTokenStore<Role>): Promise<Record<Role, string>> => {
  const issue = async (role: Role): Promise<string> =>
    (await issueToken(tokenStore, clock, { name: `the ${role}`, role })).token;
  return {
    operator: await issue('operator'),
    analyst: await issue('analyst'),
    channel: await issue('channel'),
    admin: await issue('admin'),
  };
};

const openParts = async ({
  deaf = false,
  channels = ['telegram'],
  strangers = [],
  ...config
}: WorldOptions) => {
  const stores = await openStores();
  const { folder, store, bus, directory, bots, media, tokenStore, commandLog } = stores;
  const { readModels, writer } = stores;
  const log = new SilentLog();
  const registry = new Registry();
  const connectors = openConnectors(channels, { version: 'test', connections: 1, apis: {} });
  const served = [...connectors.map(({ capabilities }) => capabilities), ...strangers];
  const intake = new CommandIntake({ store, bus, clock, log });
  if (!deaf) await intake.start();
  const projector = new Projector({ store, writer, clock, log, lingerMs: 0 });
  await projector.start();
  for (const capabilities of served) {
    const { channel } = capabilities;
    const id = channel === 'telegram' ? 'tg' : channel;
    await bots.put({ id, channel, name: 'Bot', credentials: { token: 'x' }, rate: 30 });
    await announce(bus, capabilities);
  }
  const reports = join(folder, 'reports');
  const module = GatewayModule.with({
    store,
    bus,
    directory,
    bots,
    media,
    readModels,
    imports: {
      store: stores.importStore,
      runner: new ContactImport({ directory, store: stores.importStore, clock, reports }),
      spool: join(folder, 'spool'),
    },
    tokens: tokenStore,
    commandLog,
    checker: new AnnouncedContentChecker(new ConnectorContentChecker(connectors), () =>
      Promise.resolve(strangers),
    ),
    connector: new FriendlyMessenger(strangers),
    previewer: new ConnectorPreviewer(connectors),
    maintenance: new Upkeep(projector),
    clock,
    log,
    registry,
    config: {
      publicUrl: 'https://crier.example',
      refSecret: SECRET,
      speedCeiling: 25,
      requestsPerSecond: 100_000,
      ...config,
    },
  });
  const ends = [
    () => intake.stop(),
    () => projector.stop(),
    () => Promise.all(connectors.map((connector) => connector.close())),
    () => readModels.close(),
    () => writer.close(),
    () => store.close(),
    () => bus.close(),
    () => directory.close(),
    () => bots.close(),
    () => stores.importStore.close(),
    () => tokenStore.close(),
    () => commandLog.close(),
    () => rm(folder, { recursive: true, force: true }),
  ];
  return {
    module,
    store,
    bus,
    directory,
    bots,
    readModels,
    registry,
    tokens: await issueAll(tokenStore),
    ends,
  };
};
