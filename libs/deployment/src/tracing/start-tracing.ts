import { freshId, type Log } from '@crier/kernel';
import { diag, DiagLogLevel, type DiagLogger } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import { tracedWith } from './traced.ts';
import type { Tracing, TracingOptions } from './tracing.ts';

const EXPORT_WITHIN_MS = 5_000;
const OTLP_PATH = '/v1/traces';
const LONGEST_COMPLAINT = 300;

/** A bare address gets the usual path of OTLP. */
const endpointOf = (url: string): string => {
  const endpoint = new URL(url);
  if (endpoint.pathname === '/') endpoint.pathname = OTLP_PATH;
  return endpoint.href;
};

/** Lost traces harm nobody: they are worth a warning. */
const complaining = (log: Log): DiagLogger => {
  const complain = (message: string): void => {
    log.warn('traces', { error: message.slice(0, LONGEST_COMPLAINT) });
  };
  const ignore = (): void => undefined;
  return { error: complain, warn: complain, info: ignore, debug: ignore, verbose: ignore };
};

/** Traces this process from here on, and sends what was traced to a collector in batches. Once a process. */
export const startTracing = ({
  app,
  version,
  url,
  log,
}: TracingOptions & { readonly url: string }): Tracing => {
  diag.setLogger(complaining(log), DiagLogLevel.WARN);
  const exporter = new OTLPTraceExporter({
    url: endpointOf(url),
    timeoutMillis: EXPORT_WITHIN_MS,
  });
  const about = resourceFromAttributes({
    [ATTR_SERVICE_NAME]: `crier-${app}`,
    [ATTR_SERVICE_VERSION]: version,
    'service.instance.id': freshId(),
  });
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(about),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  return {
    ...tracedWith(provider.getTracer('crier', version)),
    stop: async () => {
      await provider.shutdown().catch((error: unknown) => {
        log.warn('traces', { error: String(error).slice(0, LONGEST_COMPLAINT) });
      });
    },
  };
};
