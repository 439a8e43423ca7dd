import 'reflect-metadata';
import { MongoCommandLog, MongoReadModels, MongoTokenStore } from '@crier/adapter-mongodb';
import { ContactImport } from '@crier/audience';
import { TelegramConnector } from '@crier/channel-telegram';
import { insist, openAudience, openBackbone, openDatabase, runApp } from '@crier/deployment';
import { keysOf } from '@crier/platform';
import { join } from 'node:path';
import { BusMaintenance } from './admin/bus-maintenance.ts';
import { GatewayEnvironment } from './environment.ts';
import { ChannelReports } from './bots/channel-reports.ts';
import {
  configureGateway,
  ConnectorBots,
  ConnectorContentChecker,
  ConnectorPreviewer,
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
  const apiUrl = env.CRIER_TELEGRAM_API;
  const connectors = [
    new TelegramConnector({
      version: env.CRIER_VERSION,
      connections: 4,
      ...(apiUrl === undefined ? {} : { apiUrl }),
    }),
  ].map((connector) => tracing.connector(connector));
  const config: GatewayConfig = {
    publicUrl,
    refSecret: keys.refSecret,
    speedCeiling: env.CRIER_SPEED_CEILING,
    trustProxy: env.CRIER_TRUST_PROXY,
    ...(env.CRIER_ADMIN_TOKEN === undefined ? {} : { adminToken: env.CRIER_ADMIN_TOKEN }),
  };
  const webhookUrl = (env.CRIER_WEBHOOK_URL ?? publicUrl).replace(/\/+$/, '');
  const webhookUrlOf = (bot: { channel: string; id: string }) =>
    `${webhookUrl}/hooks/${bot.channel}/${bot.id}`;
  const module = GatewayModule.with({
    ...backbone,
    ...audience,
    media: audience.files,
    readModels,
    tokens: await insist('MongoDB', () => MongoTokenStore.open<Role>(mongo.db()), context),
    commandLog: await insist('MongoDB', () => MongoCommandLog.open(mongo.db()), context),
    checker: new ConnectorContentChecker(connectors),
    connector: new ConnectorBots({ connectors, webhookUrlOf }),
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
