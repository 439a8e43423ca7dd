import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import 'reflect-metadata';
import { context, trace } from '@opentelemetry/api';
import { Registry } from 'prom-client';
import { request } from 'undici';
import { serve } from '../serving.ts';
import { FinishedSpans } from './testing/finished-spans.ts';
import { tracedWith } from './traced.ts';
import { UNTRACED } from './tracing.ts';

const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('traced requests', () => {
  const spans = new FinishedSpans();
  let url: string;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const tracing = { ...UNTRACED, ...tracedWith(spans.tracer) };
    const app = await serve(
      { host: '127.0.0.1', port: 0 },
      {
        checks: {},
        configure: (nest) => {
          const server = nest.getHttpAdapter().getInstance();
          server.addContentTypeParser('text/plain', { parseAs: 'string' }, (_call, body, done) => {
            done(null, body);
          });
          server.post('/things/:id', async () => {
            await new Promise(setImmediate);
            return { trace: trace.getSpanContext(context.active())?.traceId };
          });
          server.get('/broken', (_call, reply) => reply.status(503).send());
          return Promise.resolve();
        },
      },
      { registry: new Registry(), tracing },
    );
    url = await app.getUrl();
    close = () => app.close();
  });
  afterAll(() => close());

  const call = async (
    path: string,
    method: 'GET' | 'POST',
    headers: Record<string, string> = {},
  ) => {
    const body = method === 'POST' ? 'x'.repeat(200_000) : undefined;
    const answer = await request(`${url}${path}`, {
      method,
      headers: { 'content-type': 'text/plain', ...headers },
      ...(body === undefined ? {} : { body }),
    });
    return answer.body.text();
  };
  const finished = async (name: string) => {
    while (spans.named(name).length === 0) await new Promise(setImmediate);
    return spans.named(name)[0];
  };

  it('are named by their route, follow from whoever calls, and reach to their handler', async () => {
    const answer = await call('/things/olena?q=secret', 'POST', { traceparent: PARENT });
    const span = await finished('POST /things/:id');
    expect(JSON.parse(answer)).toEqual({ trace: PARENT.slice(3, 35) });
    expect(span?.parentSpanContext?.spanId).toBe(PARENT.slice(36, 52));
    expect(span?.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/things/:id',
      'http.response.status_code': 200,
    });
  });

  it('tell of a server’s fault', async () => {
    await call('/broken', 'GET');
    expect(await finished('GET /broken')).toMatchObject({
      attributes: { 'http.response.status_code': 503 },
      status: { code: 2 },
    });
  });

  it('are not those that machines ask all the time, or that lead nowhere', async () => {
    spans.forget();
    await call('/health/live', 'GET');
    await call('/metrics', 'GET');
    await call('/no-such-thing/olena', 'GET');
    await call('/broken', 'GET');
    await finished('GET /broken');
    expect(spans.all).toHaveLength(1);
  });
});
