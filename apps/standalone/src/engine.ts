import { BroadcastsApp } from '@crier/broadcasts';
import type { Connector } from '@crier/connector';
import { ConversionPayments, DispatcherApp } from '@crier/dispatcher';
import type { Clock, Log, Meter } from '@crier/kernel';
import { SchedulerApp } from '@crier/scheduler';
import type { ReadModels } from '@crier/statistics';
import type { Stores } from './stores.ts';

export interface EngineOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  readonly refSecret: string;
  readonly publicUrl: string;
  readonly connectors: readonly Connector[];
  readonly readModels: ReadModels;
  readonly concurrency: number;
  /** Nothing is scheduled and nothing is sent. */
  readonly safeMode: boolean;
}

/** All apps but the gateway in one process, over the embedded stores. */
export class Engine {
  readonly dispatchers: readonly DispatcherApp[];
  readonly #broadcasts: BroadcastsApp;
  readonly #scheduler: SchedulerApp;
  readonly #safeMode: boolean;

  constructor(stores: Stores, options: EngineOptions) {
    const { clock, log, meter, connectors } = options;
    const shared = { ...stores, clock, log, meter };
    this.#safeMode = options.safeMode;
    this.#broadcasts = new BroadcastsApp(shared);
    this.#scheduler = new SchedulerApp({
      ...shared,
      readModels: options.readModels,
      actor: 'scheduler',
    });
    const payments = new ConversionPayments(shared);
    this.dispatchers = connectors.map(
      (connector) => new DispatcherApp({ ...options, ...shared, payments, connector }),
    );
  }

  async start(): Promise<void> {
    await this.#broadcasts.start();
    if (this.#safeMode) return;
    await Promise.all(this.dispatchers.map((dispatcher) => dispatcher.start()));
    await this.#scheduler.start();
  }

  /** In the order in which work flows: nothing new begins, what is under way is settled. */
  async stop(): Promise<void> {
    if (!this.#safeMode) {
      await this.#scheduler.stop();
      await Promise.all(this.dispatchers.map((dispatcher) => dispatcher.stop()));
    }
    await this.#broadcasts.stop();
  }
}
