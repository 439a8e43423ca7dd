import 'reflect-metadata';
import { VkConnector } from '@crier/channel-vk';
import { runApp } from '@crier/deployment';
import { DispatcherEnvironment, openDispatcher } from '@crier/dispatcher/open';

await runApp(
  'dispatcher-vk',
  DispatcherEnvironment,
  process.env,
  openDispatcher('vk', (options) => new VkConnector(options)),
);
