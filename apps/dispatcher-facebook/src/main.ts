import 'reflect-metadata';
import { FacebookConnector } from '@crier/channel-facebook';
import { runApp } from '@crier/deployment';
import { DispatcherEnvironment, openDispatcher } from '@crier/dispatcher/open';

await runApp(
  'dispatcher-facebook',
  DispatcherEnvironment,
  process.env,
  openDispatcher('facebook', (options) => new FacebookConnector(options)),
);
