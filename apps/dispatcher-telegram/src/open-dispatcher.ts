import {
  channelTopics,
  insist,
  openAudience,
  openBackbone,
  prepareTopics,
  type AppContext,
  type Serving,
} from '@crier/deployment';
import type { Connector } from '@crier/connector';
import { keysOf } from '@crier/platform';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { DispatcherEnvironment } from './environment.ts';
import { rawBodies } from './raw-bodies.ts';
import { connectBots } from './connect-bots.ts';
import { HooksModule } from './hooks.ts';
import { TelegramDispatcherApp } from './telegram-dispatcher-app.ts';

/** Everything that a dispatcher for Telegram serves. `changed`: puts something around its connector. */
export const openDispatcher = async (
  env: DispatcherEnvironment,
  context: AppContext,
  changed: (connector: Connector) => Connector = (connector) => connector,
): Promise<Serving> => {
  await prepareTopics(env, context, channelTopics('telegram'));
  const backbone = await openBackbone(env, context);
  const { refSecret, ...keys } = keysOf(env.CRIER_SECRET);
  const publicUrl = env.CRIER_PUBLIC_URL.replace(/\/+$/, '');
  const webhookUrl = (env.CRIER_WEBHOOK_URL ?? publicUrl).replace(/\/+$/, '');
  const audience = openAudience(backbone, context, { keys: { ...keys, refSecret }, publicUrl });
  const { clock, log, meter, stops, tracing } = context;
  const app = new TelegramDispatcherApp({
    ...backbone,
    ...audience,
    clock,
    log,
    meter,
    refSecret,
    publicUrl,
    concurrency: env.CRIER_CONCURRENCY,
    version: env.CRIER_VERSION,
    around: (connector) => changed(tracing.connector(connector)),
    ...(env.CRIER_TELEGRAM_API === undefined ? {} : { apiUrl: env.CRIER_TELEGRAM_API }),
  });
  await app.start();
  stops.push(() => app.stop());
  const { connector } = app;
  void insist('MongoDB', () => connectBots({ ...audience, connector, log }, webhookUrl), context);
  return {
    modules: [HooksModule.with(app.webhooks)],
    checks: backbone.checks,
    adapter: new FastifyAdapter(),
    configure: rawBodies,
  };
};
