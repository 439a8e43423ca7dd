import 'reflect-metadata';
import { ViberConnector } from '@crier/channel-viber';
import { runApp } from '@crier/deployment';
import { DispatcherEnvironment, openDispatcher } from '@crier/dispatcher/open';

await runApp(
  'dispatcher-viber',
  DispatcherEnvironment,
  process.env,
  openDispatcher('viber', (options) => new ViberConnector(options)),
);
