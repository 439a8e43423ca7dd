import type { Connector } from '@crier/connector';
import type { EventStore, Log, MessageBus } from '@crier/kernel';
import type { FastifyInstance } from 'fastify';

/** What an app puts around its ports so that one trace leads from a request through all apps. */
export interface Tracing {
  readonly store: (store: EventStore) => EventStore;
  readonly bus: (bus: MessageBus) => MessageBus;
  readonly connector: (connector: Connector) => Connector;
  /** Follows the requests of an HTTP server. To be called before routes are added. */
  readonly requests: (server: FastifyInstance) => void;
  /** Hands over what was traced last. Never rejects. */
  stop(): Promise<void>;
}

/** Nothing is traced, and nothing is paid for it. */
export const UNTRACED: Tracing = {
  store: (store) => store,
  bus: (bus) => bus,
  connector: (connector) => connector,
  requests: () => undefined,
  stop: () => Promise.resolve(),
};

export interface TracingOptions {
  readonly app: string;
  readonly version: string;
  /** Where traces go, OTLP over HTTP; nothing is traced without it. */
  readonly url: string | undefined;
  readonly log: Log;
}

/** Tracing as configured. What it is made of is loaded only where it is wanted. */
export const openTracing = async ({ url, ...about }: TracingOptions): Promise<Tracing> => {
  if (url === undefined) return UNTRACED;
  const { startTracing } = await import('./start-tracing.ts');
  return startTracing({ url, ...about });
};
