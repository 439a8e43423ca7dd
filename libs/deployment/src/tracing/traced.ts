import type { Tracer } from '@opentelemetry/api';
import { TracedConnector } from './traced-connector.ts';
import { TracedEventStore } from './traced-event-store.ts';
import { TracedMessageBus } from './traced-message-bus.ts';
import { traceRequests } from './traced-requests.ts';
import type { Tracing } from './tracing.ts';

/** The decorators of all ports over one tracer. */
export const tracedWith = (tracer: Tracer): Omit<Tracing, 'stop'> => ({
  store: (store) => new TracedEventStore(store, tracer),
  bus: (bus) => new TracedMessageBus(bus, tracer),
  connector: (connector) => new TracedConnector(connector, tracer),
  requests: (server) => {
    traceRequests(tracer, server);
  },
});
