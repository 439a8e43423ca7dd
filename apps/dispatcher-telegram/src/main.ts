import 'reflect-metadata';
import { runApp } from '@crier/deployment';
import { DispatcherEnvironment } from './environment.ts';
import { openDispatcher } from './open-dispatcher.ts';

await runApp('dispatcher-telegram', DispatcherEnvironment, process.env, openDispatcher);
