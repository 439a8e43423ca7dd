import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayConfig } from './gateway-deps.ts';
import { serveConsole } from './console/console-files.ts';
import { hashOf } from './access/tokens.ts';
import { GatewayModule } from './gateway.module.ts';
import { parseJsonBody } from './http/json-body.ts';
import { contextOf } from './http/request-context.ts';
import { RouteTable } from './http/route-table.ts';
import { OpenApiDocument } from './openapi/openapi-document.ts';
import { clientProblem, documentOf } from './problems/problem-document.ts';
import { Problem } from './problems/problem.ts';
import { GATEWAY_CONFIG } from './tokens.ts';

const BODY_LIMIT = 1_000_000;
const PER_SECOND = 100;
const CONNECTION_TIMEOUT_MS = 0;
const KEEP_ALIVE_MS = 72_000;
const REQUESTS_PER_SOCKET = 10_000;
/** Where requests are not counted: people behind one address open links, and health must always answer. */
const UNCOUNTED = /^\/(r|health|metrics|hooks|console)(\/|\?|$)|^\/v1\/media\/[0-9a-f]+/;

const UNREADABLE = new Problem('BAD_REQUEST', 'The request cannot be read.');

/** The HTTP server of an app with a gateway in it. Create the app with `{ bodyParser: false }`. */
export const gatewayAdapter = (
  config: Pick<GatewayConfig, 'bodyLimit' | 'trustProxy'>,
): FastifyAdapter =>
  new FastifyAdapter({
    trustProxy: config.trustProxy ?? false,
    bodyLimit: config.bodyLimit ?? BODY_LIMIT,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxRequestsPerSocket: REQUESTS_PER_SOCKET,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300 },
    multipart: false,
    frameworkErrors: (error: Error, _request: FastifyRequest, reply: FastifyReply) => {
      const document = documentOf(clientProblem(error) ?? UNREADABLE);
      void reply
        .status(document.status)
        .type('application/problem+json')
        .send(JSON.stringify(document));
    },
  });

/** A token's own share, or an address's where there is no token. */
const callerKey = ({ headers, ip }: FastifyRequest): string =>
  headers.authorization === undefined ? `ip:${ip}` : hashOf(headers.authorization);

const parseJson = (fastify: FastifyInstance): void => {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    (request, body, done: (error: Error | null, body?: unknown) => void) => {
      const bytes = Buffer.from(body);
      contextOf(request).rawBody = bytes;
      // Webhooks are signed over, and forwarded as, the very bytes that came; what they hold is their dispatcher's business.
      if (request.url.startsWith('/hooks/')) {
        done(null, bytes);
        return;
      }
      try {
        done(null, parseJsonBody(bytes));
      } catch (error) {
        done(
          error instanceof Error ? error : new Problem('MALFORMED_JSON', 'The body is not JSON.'),
        );
      }
    },
  );
  // Files go by as they come; whoever reads them says how long they may be.
  fastify.addContentTypeParser(
    ['text/csv', 'application/x-ndjson', 'application/ndjson'],
    (_request, payload, done: (error: Error | null, body?: unknown) => void) => {
      done(null, payload);
    },
  );
};

const secured = (fastify: FastifyInstance, config: GatewayConfig) => [
  fastify.register(helmet, {
    contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } },
    hsts: config.publicUrl.startsWith('https:'),
  }),
  fastify.register(rateLimit, {
    max: config.requestsPerSecond ?? PER_SECOND,
    timeWindow: 1_000,
    keyGenerator: callerKey,
    allowList: ({ url }: FastifyRequest) => UNCOUNTED.test(url),
    errorResponseBuilder: (_request, { max }) =>
      new Problem('TOO_MANY_REQUESTS', `At most ${max} requests a second; wait, then go on.`),
  }),
];

/**
 * Prepares an app that has a `GatewayModule`: parsers, headers, limits, the console, the API's description. To be called once, before `init`
 * or `listen`.
 */
export const configureGateway = async (app: NestFastifyApplication): Promise<void> => {
  const config = app.get<GatewayConfig>(GATEWAY_CONFIG, { strict: false });
  const routes = app.get(RouteTable, { strict: false });
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.addHook('onRoute', ({ url, method }) => {
    routes.add(url, [method].flat());
  });
  parseJson(fastify);
  await fastify.register(multipart);
  await Promise.all(secured(fastify, config));
  await serveConsole(fastify, config.consoleFolder);
  app.get(OpenApiDocument, { strict: false }).describes(app, [GatewayModule]);
};
