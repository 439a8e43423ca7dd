import { BroadcastsApp } from '@crier/broadcasts';
import { TelegramDispatcherApp } from '@crier/dispatcher-telegram';
import type { Clock, Log, Meter } from '@crier/kernel';
import { SchedulerApp } from '@crier/scheduler';
import type { Stores } from './stores.ts';

export interface EngineOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  readonly refSecret: string;
  readonly publicUrl: string;
  readonly telegramApi: string | undefined;
  readonly concurrency: number;
  readonly version: string;
  /** Nothing is scheduled and nothing is sent. */
  readonly safeMode: boolean;
}

/** All apps but the gateway in one process, over the embedded stores. */
export class Engine {
  readonly dispatcher: TelegramDispatcherApp;
  readonly #broadcasts: BroadcastsApp;
  readonly #scheduler: SchedulerApp;
  readonly #safeMode: boolean;

  constructor(stores: Stores, options: EngineOptions) {
    const { clock, log, meter, refSecret, publicUrl, telegramApi, concurrency, version } = options;
    const shared = { ...stores, clock, log, meter };
    this.#safeMode = options.safeMode;
    this.#broadcasts = new BroadcastsApp(shared);
    this.#scheduler = new SchedulerApp({ ...shared, actor: 'scheduler' });
    this.dispatcher = new TelegramDispatcherApp({
      ...shared,
      refSecret,
      publicUrl,
      concurrency,
      version,
      ...(telegramApi === undefined ? {} : { apiUrl: telegramApi }),
    });
  }

  async start(): Promise<void> {
    await this.#broadcasts.start();
    if (this.#safeMode) return;
    await this.dispatcher.start();
    await this.#scheduler.start();
  }

  /** In the order in which work flows: nothing new begins, what is under way is settled. */
  async stop(): Promise<void> {
    if (!this.#safeMode) {
      await this.#scheduler.stop();
      await this.dispatcher.stop();
    }
    await this.#broadcasts.stop();
  }
}
