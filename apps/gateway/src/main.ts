import 'reflect-metadata';
import { MongoCommandLog, MongoReadModels, MongoTokenStore } from '@crier/adapter-mongodb';
import { ContactImport } from '@crier/audience';
import { openConnectors } from '@crier/channels';
import { insist, openAudience, openBackbone, openDatabase, runApp } from '@crier/deployment';
import { apisOf, keysOf } from '@crier/platform';
import { join } from 'node:path';
import { topics, type ChannelAnnounced } from '@crier/contracts';
import { AnnouncedContentChecker } from './connectors/announced-content.ts';
import { channelsOf } from './bots/channel-list.ts';
import { BusMaintenance } from './admin/bus-maintenance.ts';
import { GatewayEnvironment } from './environment.ts';
import { ChannelReports } from './bots/channel-reports.ts';
import {
  configureGateway,
  ConnectorBots,
  ConnectorContentChecker,
  ConnectorPreviewer,
  consoleFolder,
  gatewayAdapter,
  GatewayModule,
  type GatewayConfig,
  type Role,
} from './index.ts';

/** An import that was not saved for so long has lost its gateway. */
const SILENT_MS = 60_000;

await runApp('gateway', GatewayEnvironment, process.env, async (env, context) => {
  const { clock, log, registry, tracing } = context;
  const backbone = await openBackbone(env, context);
  const { store, mongo } = backbone;
  const views = await openDatabase(env, context, 'views');
  const publicUrl = env.CRIER_PUBLIC_URL.replace(/\/+$/, '');
  const keys = keysOf(env.CRIER_SECRET);
  const audience = openAudience(backbone, context, { keys, publicUrl });
  const { directory, imports } = audience;
  await insist('MongoDB', () => directory.ensureIndexes(), context);
  await insist('MongoDB', () => imports.ensureIndexes(), context);
  const sweeping = setInterval(() => {
    imports.interrupt(clock.now(), SILENT_MS).catch((error: unknown) => {
      log.warn('imports not looked after', { error: String(error) });
    });
  }, SILENT_MS / 2);
  context.stops.push(() => {
    clearInterval(sweeping);
    return Promise.resolve();
  });
  const channels = new ChannelReports(backbone.bus);
  await insist('Kafka', () => channels.start(), context);
  context.stops.push(() => channels.stop());
  const readModels = new MongoReadModels({ db: views.db(), reporting: channels.of });
  const { CRIER_SKYPE_LOGIN: loginUrl, CRIER_SKYPE_KEYS: openIdUrl } = env;
  const connectors = openConnectors(env.CRIER_CHANNELS.split(','), {
    version: env.CRIER_VERSION,
    connections: 4,
    apis: apisOf(env.CRIER_APIS),
    skype: {
      ...(loginUrl === undefined ? {} : { loginUrl }),
      ...(openIdUrl === undefined ? {} : { openIdUrl }),
    },
  }).map((connector) => tracing.connector(connector));
  const built = consoleFolder(import.meta.url);
  const config: GatewayConfig = {
    publicUrl,
    refSecret: keys.refSecret,
    speedCeiling: env.CRIER_SPEED_CEILING,
    trustProxy: env.CRIER_TRUST_PROXY,
    ...(built === undefined ? {} : { consoleFolder: built }),
    ...(env.CRIER_ADMIN_TOKEN === undefined ? {} : { adminToken: env.CRIER_ADMIN_TOKEN }),
  };
  const webhookUrl = (env.CRIER_WEBHOOK_URL ?? publicUrl).replace(/\/+$/, '');
  const webhookUrlOf = (bot: { channel: string; id: string }) =>
    `${webhookUrl}/hooks/${bot.channel}/${bot.id}`;
  const living = async () =>
    channelsOf(
      (await backbone.bus.snapshot(topics.channels)).map(({ value }) => value as ChannelAnnounced),
      clock.now(),
    ).filter(({ alive }) => alive);
  const capabilities = async () => (await living()).map((channel) => channel.capabilities);
  const module = GatewayModule.with({
    ...backbone,
    ...audience,
    media: audience.files,
    readModels,
    tokens: await insist('MongoDB', () => MongoTokenStore.open<Role>(mongo.db()), context),
    commandLog: await insist('MongoDB', () => MongoCommandLog.open(mongo.db()), context),
    checker: new AnnouncedContentChecker(new ConnectorContentChecker(connectors), capabilities),
    connector: new ConnectorBots({ connectors, announced: capabilities, webhookUrlOf }),
    previewer: new ConnectorPreviewer(connectors),
    maintenance: new BusMaintenance({ bus: backbone.bus, store, readModels, clock }),
    imports: {
      store: imports,
      runner: new ContactImport({
        directory,
        store: imports,
        clock,
        reports: join(env.CRIER_SPOOL, 'imports'),
      }),
      spool: join(env.CRIER_SPOOL, 'incoming'),
    },
    clock,
    log,
    registry,
    config,
  });
  return {
    modules: [module],
    checks: backbone.checks,
    adapter: gatewayAdapter(config),
    configure: configureGateway,
  };
});
