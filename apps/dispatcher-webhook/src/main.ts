import 'reflect-metadata';
import { WebhookConnector } from '@crier/channel-webhook';
import { runApp } from '@crier/deployment';
import { DispatcherEnvironment, openDispatcher } from '@crier/dispatcher/open';

await runApp(
  'dispatcher-webhook',
  DispatcherEnvironment,
  process.env,
  openDispatcher('webhook', (options) => new WebhookConnector(options)),
);
