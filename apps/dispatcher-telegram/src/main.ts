import 'reflect-metadata';
import { TelegramConnector } from '@crier/channel-telegram';
import { runApp } from '@crier/deployment';
import { DispatcherEnvironment, openDispatcher } from '@crier/dispatcher/open';

await runApp(
  'dispatcher-telegram',
  DispatcherEnvironment,
  process.env,
  openDispatcher('telegram', (options) => new TelegramConnector(options)),
);
