export { DispatcherEnvironment } from './environment.ts';
export { openDispatcher } from './open-dispatcher.ts';
