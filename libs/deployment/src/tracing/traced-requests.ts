import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Tracer,
} from '@opentelemetry/api';
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
} from '@opentelemetry/semantic-conventions';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { begin } from './steps.ts';

/** Asked every few seconds by machines, or files. */
const NOT_TRACED = /^\/(health|metrics|console)(\/|$)/;

/**
 * Makes every request to a known route a step, below the one that its `traceparent` names or as the first of a new trace. Routes
 * are told as they are written in the program, so no id, ref or query is.
 */
export const traceRequests = (tracer: Tracer, server: FastifyInstance): void => {
  const contexts = new WeakMap<FastifyRequest, Context>();
  server.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.url;
    if (route !== undefined && !NOT_TRACED.test(route))
      contexts.set(request, beginRequest(tracer, route, request, reply));
    done();
  });
  // The body was read by now: what comes after reading belongs to the socket, not to who began to read.
  server.addHook('preValidation', (request, _reply, done) => {
    context.with(contexts.get(request) ?? ROOT_CONTEXT, done);
  });
};

const beginRequest = (
  tracer: Tracer,
  route: string,
  { method, headers }: FastifyRequest,
  { raw }: FastifyReply,
): Context => {
  const parent = propagation.extract(ROOT_CONTEXT, headers);
  const attributes = { [ATTR_HTTP_REQUEST_METHOD]: method, [ATTR_HTTP_ROUTE]: route };
  const step = { name: `${method} ${route}`, kind: SpanKind.SERVER, attributes };
  const span = begin(tracer, step, parent);
  raw.once('close', () => {
    span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, raw.statusCode);
    if (raw.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  return trace.setSpan(parent, span);
};
