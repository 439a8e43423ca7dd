import {
  ProjectorThread,
  SqliteCommandLog,
  SqliteReadModels,
  SqliteTokenStore,
} from '@crier/adapter-sqlite';
import { ContactImport } from '@crier/audience';
import { prepareDemoSandbox, seedDemo } from '@crier/deployment/demo';
import { connectBots } from '@crier/dispatcher';
import {
  ConnectorBots,
  ConnectorContentChecker,
  ConnectorPreviewer,
  type GatewayDeps,
  type Role,
} from '@crier/gateway';
import { openConnectors } from '@crier/channels';
import type { Connector } from '@crier/connector';
import type { Channel } from '@crier/contracts';
import type { Clock, Log } from '@crier/kernel';
import { CheckedReadiness, processRegistry, PromMeter } from '@crier/platform';
import { startSandbox } from '@crier/sandbox';
import type { ReadModels } from '@crier/statistics';
import type { Registry } from 'prom-client';
import { adminTokenOf } from './admin-token.ts';
import type { StandaloneConfig } from './config.ts';
import { openDataDirectory, type DataDirectory } from './data-directory.ts';
import { Engine } from './engine.ts';
import { greetingOf } from './greeting.ts';
import { listen } from './http-server.ts';
import { ProjectorUpkeep } from './projector-upkeep.ts';
import { openStores, type Stores } from './stores.ts';

/** As in package.json. */
const VERSION = '0.1.0';

export interface StandaloneParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly workerUrl: (name: string) => URL;
  /** The folder of the built console; undefined where none was built. */
  readonly consoleFolder: string | undefined;
  /** The data directory was taken away: the process has to end at once. */
  readonly onLost: (error: Error) => void;
}

/** A running process. */
export interface Standalone {
  readonly url: string;
  readonly adminToken: string;
  readonly greeting: string;
  /** Nothing new begins, what is under way is settled, then the stores close. Leaves nothing in doubt. */
  stop(): Promise<void>;
}

/** What has to be undone, the newest first. */
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

/** What the parts of a start share. */
interface Base extends StandaloneParts {
  readonly config: StandaloneConfig;
  readonly data: DataDirectory;
  readonly stores: Stores;
  readonly publicUrl: string;
  readonly registry: Registry;
  readonly meter: PromMeter;
  readonly stops: Stops;
  readonly connectors: readonly Connector[];
}

const start = async (
  config: StandaloneConfig,
  parts: StandaloneParts,
  stops: Stops,
): Promise<Standalone> => {
  const data = await openDataDirectory(config.dataDirectory, config, parts.onLost);
  stops.push(() => data.release());
  const publicUrl = config.publicUrl ?? `http://${config.host}:${config.port}`;
  const stores = await openStores(data, { ...parts, publicUrl });
  stops.push(() => stores.close());
  await stores.imports.interrupt(parts.clock.now());

  const registry = processRegistry('standalone');
  const base: Base = {
    ...parts,
    config,
    data,
    stores,
    publicUrl,
    registry,
    meter: new PromMeter(registry),
    stops,
    connectors: openConnectors(config.channels, {
      ...config,
      version: VERSION,
      connections: config.concurrency,
    }),
  };
  const sandboxUrl = data.installation.demo ? await startDemo(base) : undefined;
  const reading = await startProjector(base);
  const engine = await startEngine(base, reading.readModels);
  const adminToken = await adminTokenOf(data, config.adminToken);
  const url = await serve(base, { ...reading, engine, adminToken });
  if (data.safeMode)
    parts.log.warn('safe mode: the data belongs to another machine, nothing is sent');
  else
    for (const { connector } of engine.dispatchers)
      void connectBots({ bots: stores.bots, connector, log: parts.log }, publicUrl);
  const greeting = greetingOf({
    version: VERSION,
    url,
    sandboxUrl,
    adminToken,
    safeMode: data.safeMode,
  });
  return { url, adminToken, greeting, stop: () => stopAll(stops) };
};

const startDemo = async ({ config, data, stores, clock, stops }: Base): Promise<string> => {
  const sandbox = await startSandbox({ host: config.host, port: config.sandboxPort });
  stops.push(() => sandbox.close());
  await prepareDemoSandbox(sandbox.url);
  if (data.fresh) await seedDemo({ ...stores, clock }, sandbox.url);
  return sandbox.url;
};

interface Reading {
  readonly projector: ProjectorThread;
  readonly readModels: SqliteReadModels;
}

const SILENT = { delivered: false, opened: false };

const startProjector = async ({
  data,
  log,
  workerUrl,
  meter,
  stops,
  connectors,
}: Base): Promise<Reading> => {
  const readModels = data.path('read-models.db');
  const projector = new ProjectorThread({
    worker: workerUrl('projector.worker'),
    events: data.path('events.db'),
    readModels,
    log,
    onLag: (ms) => {
      meter.observe('crier_projection_lag_seconds', { projection: 'read-models' }, ms / 1_000);
    },
  });
  await projector.start();
  stops.push(() => projector.stop());
  const reports = new Map(
    connectors.map(({ channel, capabilities }) => [channel, capabilities.reports]),
  );
  const reporting = (channel: Channel) => reports.get(channel) ?? SILENT;
  const reading = await SqliteReadModels.open({ path: readModels, reporting });
  stops.push(() => reading.close());
  return { projector, readModels: reading };
};

const startEngine = async (base: Base, readModels: ReadModels): Promise<Engine> => {
  const { config, data, stores, stops } = base;
  const engine = new Engine(stores, {
    ...base,
    readModels,
    concurrency: config.concurrency,
    refSecret: data.keys.refSecret,
    safeMode: data.safeMode,
  });
  await engine.start();
  stops.push(() => engine.stop());
  return engine;
};

const serve = async (
  base: Base,
  served: Reading & { readonly engine: Engine; readonly adminToken: string },
): Promise<string> => {
  const { config, data, stores, clock, stops } = base;
  const { engine, projector } = served;
  const readiness = new CheckedReadiness({
    'event store': async () => {
      await stores.store.head();
      return undefined;
    },
    'read models': async () => (await projector.status()).fault?.message,
    dispatcher: () => Promise.resolve(data.safeMode ? 'safe mode: nothing is sent' : undefined),
  });
  const imports = {
    store: stores.imports,
    runner: new ContactImport({
      directory: stores.directory,
      store: stores.imports,
      clock,
      reports: data.path('imports'),
    }),
    spool: data.path('incoming'),
  };
  const app = await listen(config, {
    gateway: { ...gatewayParts(base, served), imports },
    webhooks: engine.dispatchers.map(({ webhooks }) => webhooks),
    readiness,
  });
  stops.push(() => app.close());
  return app.getUrl();
};

const gatewayParts = (
  base: Base,
  { projector, readModels, adminToken }: Reading & { readonly adminToken: string },
): Omit<GatewayDeps, 'imports'> => {
  const { config, data, stores, clock, log, registry, publicUrl, connectors } = base;
  const webhookUrlOf = (bot: { channel: string; id: string }): string =>
    `${publicUrl}/hooks/${bot.channel}/${bot.id}`;
  return {
    ...stores,
    media: stores.files,
    readModels,
    tokens: new SqliteTokenStore<Role>({ path: data.path('gateway.db') }),
    commandLog: new SqliteCommandLog({ path: data.path('gateway.db') }),
    checker: new ConnectorContentChecker(connectors),
    connector: new ConnectorBots({
      connectors,
      announced: () => Promise.resolve([]),
      webhookUrlOf,
    }),
    previewer: new ConnectorPreviewer(connectors),
    maintenance: new ProjectorUpkeep(projector),
    clock,
    log,
    registry,
    config: {
      publicUrl,
      refSecret: data.keys.refSecret,
      speedCeiling: config.speedCeiling,
      adminToken,
      ...(base.consoleFolder === undefined ? {} : { consoleFolder: base.consoleFolder }),
    },
  };
};
