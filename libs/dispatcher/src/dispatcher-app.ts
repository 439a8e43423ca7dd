import type { Connector } from '@crier/connector';
import { signRef } from '@crier/contracts';
import {
  Dispatcher,
  TROUBLE_LIMITS,
  Webhooks,
  type DispatcherDeps,
  type Payments,
} from '@crier/delivery';
import type { ReadModels } from '@crier/statistics';
import { forward } from './forwarding.ts';
import { ReadModelMessages } from './read-model-messages.ts';

export interface DispatcherAppDeps extends Pick<
  DispatcherDeps,
  | 'store'
  | 'bus'
  | 'directory'
  | 'bots'
  | 'media'
  | 'clock'
  | 'log'
  | 'meter'
  | 'refSecret'
  | 'connector'
> {
  readonly readModels: ReadModels;
  readonly payments?: Payments;
  /** Where people and messengers reach this deployment, without a slash at the end. */
  readonly publicUrl: string;
  /** Requests of one lane under way at once. */
  readonly concurrency: number;
}

const SILENCE_MS = 20_000;

/** The app `dispatcher-<channel>`: a connector, its lanes, receipts and errands, and its webhooks. */
export class DispatcherApp {
  readonly connector: Connector;
  readonly webhooks: Webhooks;
  readonly #dispatcher: Dispatcher;

  constructor(deps: DispatcherAppDeps) {
    const { publicUrl, refSecret, log } = deps;
    this.connector = deps.connector;
    this.#dispatcher = new Dispatcher({
      ...deps,
      sent: new ReadModelMessages(deps.readModels, deps.store),
      actor: `dispatcher-${deps.connector.channel}`,
      refs: {
        sign: (ref) => signRef(refSecret, ref),
        linkOf: (ref) => `${publicUrl}/r/${ref}`,
      },
      trouble: TROUBLE_LIMITS,
      silenceMs: SILENCE_MS,
    });
    this.webhooks = new Webhooks({
      ...deps,
      forward: (to, call) => {
        forward(to, call).catch((error: unknown) => {
          log.warn('foreign update not forwarded', {
            error: error instanceof Error ? error.name : 'unknown',
          });
        });
      },
    });
  }

  start(): Promise<void> {
    return this.#dispatcher.start();
  }

  /** Nothing leaves from here on; every window is settled when this resolves. */
  async stop(): Promise<void> {
    await this.#dispatcher.stop();
    await this.connector.close();
  }
}
