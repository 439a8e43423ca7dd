import { TelegramConnector } from '@crier/channel-telegram';
import type { Connector, WebhookRequest } from '@crier/connector';
import { signRef } from '@crier/contracts';
import { Dispatcher, TROUBLE_LIMITS, Webhooks, type DispatcherDeps } from '@crier/delivery';
import pRetry from 'p-retry';
import { request } from 'undici';
import { ForwardRefused } from './errors.ts';

export interface TelegramDispatcherDeps extends Pick<
  DispatcherDeps,
  'store' | 'bus' | 'directory' | 'bots' | 'media' | 'clock' | 'log' | 'meter' | 'refSecret'
> {
  /** Where people and messengers reach this deployment, without a slash at the end. */
  readonly publicUrl: string;
  readonly apiUrl?: string;
  readonly version: string;
  /** Requests of one lane under way at once. */
  readonly concurrency: number;
  /** Puts something around the connector, as tracing does. */
  readonly around?: (connector: Connector) => Connector;
}

const SILENCE_MS = 20_000;
const FORWARD_TRIES = 3;
/** Headers that a forwarded call keeps, so that the team's own bot can check it as if it came from the messenger. */
const FORWARDED_HEADERS = ['content-type', 'x-telegram-bot-api-secret-token'] as const;

/** The app `dispatcher-telegram`: the connector, its lanes, receipts and errands, and its webhooks. */
export class TelegramDispatcherApp {
  readonly connector: TelegramConnector;
  readonly webhooks: Webhooks;
  readonly #dispatcher: Dispatcher;

  constructor(deps: TelegramDispatcherDeps) {
    const { publicUrl, refSecret, version, apiUrl, concurrency, log, around } = deps;
    this.connector = new TelegramConnector({
      version,
      connections: concurrency,
      ...(apiUrl === undefined ? {} : { apiUrl }),
    });
    const shared = { ...deps, connector: around?.(this.connector) ?? this.connector };
    this.#dispatcher = new Dispatcher({
      ...shared,
      actor: 'dispatcher-telegram',
      refs: {
        sign: ({ broadcastId, lane }, index, button, contentRevision) =>
          signRef(refSecret, { broadcastId, lane, index, button, contentRevision }),
        linkOf: (ref) => `${publicUrl}/r/${ref}`,
      },
      trouble: TROUBLE_LIMITS,
      silenceMs: SILENCE_MS,
    });
    this.webhooks = new Webhooks({
      ...shared,
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

const forward = async (to: string, { headers, rawBody }: WebhookRequest): Promise<void> => {
  const kept = FORWARDED_HEADERS.flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  await pRetry(
    async () => {
      const { statusCode, body } = await request(to, {
        method: 'POST',
        headers: Object.fromEntries(kept),
        body: rawBody,
        headersTimeout: 10_000,
        bodyTimeout: 10_000,
      });
      await body.dump();
      if (statusCode >= 500)
        throw new ForwardRefused('The chat bot did not take the update', { statusCode });
    },
    { retries: FORWARD_TRIES, minTimeout: 200 },
  );
};
