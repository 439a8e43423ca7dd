import { MongoReadModels } from '@crier/adapter-mongodb';
import {
  channelTopics,
  insist,
  openAudience,
  openBackbone,
  openDatabase,
  prepareTopics,
  type AppContext,
  type Serving,
} from '@crier/deployment';
import type { Connector } from '@crier/connector';
import type { Channel } from '@crier/contracts';
import { apisOf, keysOf } from '@crier/platform';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { BotConnections } from './connect-bots.ts';
import { ConversionPayments } from './conversion-payments.ts';
import { DispatcherApp } from './dispatcher-app.ts';
import type { DispatcherEnvironment } from './environment.ts';
import { HooksModule } from './hooks.ts';
import { rawBodies } from './raw-bodies.ts';

const LOOK_AT_BOTS_MS = 15_000;

/** What every connector takes; those with more to say have an environment of their own. */
export interface ChannelOptions {
  /** The dispatcher's own version, for people. */
  readonly version: string;
  /** Connections to one address. */
  readonly connections: number;
  /** Instead of the messenger's own address. */
  readonly apiUrl?: string;
}

const optionsOf = (channel: Channel, env: DispatcherEnvironment): ChannelOptions => {
  const apiUrl = apisOf(env.CRIER_APIS)[channel];
  return {
    version: env.CRIER_VERSION,
    connections: env.CRIER_CONCURRENCY,
    ...(apiUrl === undefined ? {} : { apiUrl }),
  };
};

/** Everything that the dispatcher of one channel serves. */
export const openDispatcher =
  <Environment extends DispatcherEnvironment>(
    channel: Channel,
    connectorOf: (options: ChannelOptions, env: Environment) => Connector,
  ) =>
  async (env: Environment, context: AppContext): Promise<Serving> => {
    const connector = context.tracing.connector(connectorOf(optionsOf(channel, env), env));
    await prepareTopics(env, context, channelTopics(connector.channel));
    const backbone = await openBackbone(env, context);
    const { refSecret, ...keys } = keysOf(env.CRIER_SECRET);
    const publicUrl = env.CRIER_PUBLIC_URL.replace(/\/+$/, '');
    const webhookUrl = (env.CRIER_WEBHOOK_URL ?? publicUrl).replace(/\/+$/, '');
    const audience = openAudience(backbone, context, { keys: { ...keys, refSecret }, publicUrl });
    const { clock, log, meter, stops } = context;
    const views = await openDatabase(env, context, 'views');
    const { reports } = connector.capabilities;
    const app = new DispatcherApp({
      ...backbone,
      ...audience,
      connector,
      readModels: new MongoReadModels({ db: views.db(), reporting: () => reports }),
      payments: new ConversionPayments({ ...backbone, clock, log }),
      clock,
      log,
      meter,
      refSecret,
      publicUrl,
      concurrency: env.CRIER_CONCURRENCY,
    });
    await app.start();
    stops.push(() => app.stop());
    const connections = new BotConnections({ ...audience, connector, log }, webhookUrl);
    const looking = new AbortController();
    stops.push(() => {
      looking.abort();
      return Promise.resolve();
    });
    void insist('MongoDB', () => connections.connect(), context).then(() =>
      connections.keep(LOOK_AT_BOTS_MS, clock, looking.signal),
    );
    return {
      modules: [HooksModule.with([app.webhooks])],
      checks: backbone.checks,
      adapter: new FastifyAdapter(),
      configure: rawBodies,
    };
  };
