export { DispatcherEnvironment } from './environment.ts';
export { openDispatcher, type ChannelOptions } from './open-dispatcher.ts';
