import { SilentLog, type Fields, type Log } from '@crier/kernel';
import { describe, expect, it } from '@jest/globals';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EchoingConnector } from './testing/echoing-connector.ts';
import { openTracing, UNTRACED, type Tracing } from './tracing.ts';

const about = { app: 'gateway', version: '1.2.3', log: new SilentLog() };

/** A log that remembers its warnings. */
const warningsOf = () => {
  const told: Fields[] = [];
  const log: Log = Object.assign(new SilentLog(), {
    warn: (_message: string, fields: Fields = {}) => {
      told.push(fields);
    },
  });
  return { told, log };
};

/** A collector that keeps what it is sent, as text. */
const startCollector = async () => {
  const calls: { readonly path: string; readonly body: string }[] = [];
  const server = createServer((call, reply) => {
    const chunks: Buffer[] = [];
    call.on('data', (chunk: Buffer) => chunks.push(chunk));
    call.on('end', () => {
      calls.push({ path: call.url ?? '', body: Buffer.concat(chunks).toString() });
      reply.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<unknown> => {
    server.close();
    server.closeAllConnections();
    return once(server, 'close');
  };
  return { calls, url: `http://127.0.0.1:${port}`, close };
};

const send = async (tracing: Tracing): Promise<void> => {
  const connector = tracing.connector(new EchoingConnector());
  const tracer = trace.getTracer('test');
  await tracer.startActiveSpan('request', {}, ROOT_CONTEXT, async (span) => {
    await connector.send({ id: 'bot', credentials: {} }, '1', { method: 'send', body: '' });
    span.end();
  });
};

const stopped = (tracing: Tracing): Promise<void> => {
  context.disable();
  trace.disable();
  return tracing.stop();
};

describe('tracing', () => {
  it('is off unless an address is configured, and then puts nothing around anything', async () => {
    expect(await openTracing({ ...about, url: undefined })).toBe(UNTRACED);
    const connector = new EchoingConnector();
    expect(UNTRACED.connector(connector)).toBe(connector);
  });

  it('hands what was traced to the collector, under the name of the app, when the app stops', async () => {
    const { calls, url, close } = await startCollector();
    const tracing = await openTracing({ ...about, url });
    await send(tracing);
    await stopped(tracing);
    expect(calls.map(({ path }) => path)).toEqual(['/v1/traces']);
    for (const told of ['crier-gateway', '1.2.3', 'send telegram', 'request'])
      expect(calls[0]?.body).toContain(told);
    await close();
  });

  it('uses a path that the address has', async () => {
    const { calls, url, close } = await startCollector();
    const tracing = await openTracing({ ...about, url: `${url}/otlp/traces` });
    await send(tracing);
    await stopped(tracing);
    expect(calls.map(({ path }) => path)).toEqual(['/otlp/traces']);
    await close();
  });

  it('harms nobody when there is no collector: a warning, and the app stops in time', async () => {
    const { url, close } = await startCollector();
    await close();
    const { log, told } = warningsOf();
    const tracing = await openTracing({ ...about, log, url });
    await send(tracing);
    const from = performance.now();
    await stopped(tracing);
    expect(performance.now() - from).toBeLessThan(6_000);
    expect(told.length).toBeGreaterThan(0);
  });
});
