import {
  ProjectorThread,
  SqliteCommandLog,
  SqliteReadModels,
  SqliteTokenStore,
} from '@crier/adapter-sqlite';
import { ContactImport } from '@crier/audience';
import { ConnectorBots, ConnectorContentChecker, ConnectorPreviewer } from '@crier/gateway';
import type { Clock, Log } from '@crier/kernel';
import { processRegistry, PromMeter } from '@crier/platform';
import type { Registry } from 'prom-client';
import { adminTokenOf } from './admin-token.ts';
import type { StandaloneConfig } from './config.ts';
import { openDataDirectory, type DataDirectory } from './data-directory.ts';
import { seedDemo, startDemoSandbox } from './demo.ts';
import { Engine } from './engine.ts';
import { greetingOf } from './greeting.ts';
import { listen } from './http-server.ts';
import { StandaloneReadiness } from './readiness.ts';
import { openStores, type Stores } from './stores.ts';

/** As in package.json. */
const VERSION = '0.1.0';

export interface StandaloneParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly workerUrl: (name: string) => URL;
}

/** A running process. */
export interface Standalone {
  readonly url: string;
  readonly adminToken: string;
  readonly greeting: string;
  /** Nothing new begins, what is under way is settled, then the stores close. Leaves nothing in doubt. */
  stop(): Promise<void>;
}

type Stops = (() => Promise<void>)[];

const stopAll = async (stops: Stops): Promise<void> => {
  for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
};

/** Everything in one process: stores in one data directory, all apps over them, one HTTP server. @throws DataDirectoryInUse */
export const startStandalone = async (
  config: StandaloneConfig,
  parts: StandaloneParts,
): Promise<Standalone> => {
  const stops: Stops = [];
  try {
    return await start(config, parts, stops);
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
};

const start = async (
  config: StandaloneConfig,
  parts: StandaloneParts,
  stops: Stops,
): Promise<Standalone> => {
  const { clock, log, workerUrl } = parts;
  const data = await openDataDirectory(config.dataDirectory, config);
  stops.push(() => data.release());
  const publicUrl = config.publicUrl ?? `http://${config.host}:${config.port}`;
  const stores = await openStores(data, { clock, log, workerUrl, publicUrl });
  stops.push(() => stores.close());
  await stores.imports.interrupt(clock.now());

  const sandboxUrl = data.installation.demo
    ? await startDemo(config, { data, stores, clock }, stops)
    : undefined;
  const registry = processRegistry('standalone');
  const meter = new PromMeter(registry);
  const projector = await startProjector(data, parts, meter, stops);
  const engine = new Engine(stores, {
    ...config,
    clock,
    log,
    meter,
    publicUrl,
    refSecret: data.keys.refSecret,
    version: VERSION,
    safeMode: data.safeMode,
  });
  await engine.start();
  stops.push(() => engine.stop());

  const adminToken = await adminTokenOf(data, config.adminToken);
  const served = { data, stores, engine, projector, registry, publicUrl, adminToken };
  const url = await serve(config, parts, served, stops);
  if (data.safeMode) log.warn('safe mode: the data belongs to another machine, nothing is sent');
  else void connectBots(stores, engine, publicUrl, log);
  const greeting = greetingOf({
    version: VERSION,
    url,
    sandboxUrl,
    adminToken,
    safeMode: data.safeMode,
  });
  return { url, adminToken, greeting, stop: () => stopAll(stops) };
};

const startDemo = async (
  config: StandaloneConfig,
  { data, stores, clock }: { data: DataDirectory; stores: Stores; clock: Clock },
  stops: Stops,
): Promise<string> => {
  const sandbox = await startDemoSandbox({ host: config.host, port: config.sandboxPort });
  stops.push(() => sandbox.close());
  if (data.fresh) await seedDemo({ ...stores, clock }, sandbox.url);
  return sandbox.url;
};

const startProjector = async (
  data: DataDirectory,
  { log, workerUrl }: StandaloneParts,
  meter: PromMeter,
  stops: Stops,
): Promise<ProjectorThread> => {
  const projector = new ProjectorThread({
    worker: workerUrl('projector.worker'),
    eventsPath: data.path('events.db'),
    readModelsPath: data.path('read-models.db'),
    log,
    onLag: (ms: number) => {
      meter.observe('crier_projection_lag_seconds', { projection: 'read-models' }, ms / 1_000);
    },
  });
  await projector.start();
  stops.push(() => projector.stop());
  return projector;
};

const serve = async (
  config: StandaloneConfig,
  { clock, log }: StandaloneParts,
  served: {
    readonly data: DataDirectory;
    readonly stores: Stores;
    readonly engine: Engine;
    readonly projector: ProjectorThread;
    readonly registry: Registry;
    readonly publicUrl: string;
    readonly adminToken: string;
  },
  stops: Stops,
): Promise<string> => {
  const { data, stores, engine, projector, registry, publicUrl, adminToken } = served;
  const connectors = [engine.dispatcher.connector];
  const readModels = new SqliteReadModels(data.path('read-models.db'));
  const gateway = {
    store: stores.store,
    bus: stores.bus,
    directory: stores.directory,
    bots: stores.bots,
    media: stores.files,
    readModels,
    imports: {
      store: stores.imports,
      runner: new ContactImport({
        directory: stores.directory,
        store: stores.imports,
        clock,
        reports: data.path('imports'),
      }),
      spool: data.path('incoming'),
    },
    tokens: new SqliteTokenStore({ path: data.path('gateway.db') }),
    commandLog: new SqliteCommandLog({ path: data.path('gateway.db') }),
    checker: new ConnectorContentChecker(connectors),
    connector: new ConnectorBots({
      connectors,
      webhookUrlOf: ({ channel, id }) => `${publicUrl}/hooks/${channel}/${id}`,
    }),
    previewer: new ConnectorPreviewer(connectors),
    maintenance: projector,
    clock,
    log,
    registry,
    config: {
      publicUrl,
      refSecret: data.keys.refSecret,
      speedCeiling: config.speedCeiling,
      adminToken,
    },
  };
  const readiness = new StandaloneReadiness({
    'event store': async () => {
      await stores.store.head();
      return undefined;
    },
    'read models': () => projector.fault(),
    dispatcher: () => Promise.resolve(data.safeMode ? 'safe mode: nothing is sent' : undefined),
  });
  const app = await listen(config, { gateway, webhooks: engine.dispatcher.webhooks, readiness });
  stops.push(() => app.close());
  return app.getUrl();
};

/** Points every bot's webhook here. A messenger that cannot be reached now keeps its old address; sending needs none. */
const connectBots = async (
  stores: Stores,
  engine: Engine,
  publicUrl: string,
  log: Log,
): Promise<void> => {
  const { connector } = engine.dispatcher;
  for (const bot of await stores.bots.list())
    await connector
      .connect(bot, `${publicUrl}/hooks/${bot.channel}/${bot.id}`)
      .catch((error: unknown) => {
        log.warn('webhook not set', { botId: bot.id, error: String(error) });
      });
};
