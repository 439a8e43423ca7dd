import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { consolePolicy } from './console-policy.ts';

const HOME = '/console/';
const NONCE_BYTES = 16;
/** Stands in the built page for the nonce of each answer. */
const NONCE = 'CRIER_NONCE';
const NOT_BUILT =
  'The console is not built here. Build it with "npm run build", then start this process again. The API is there without it.\n';

type Page = (reply: FastifyReply) => FastifyReply;

const notBuilt: Page = (reply) =>
  reply.status(404).header('cache-control', 'no-store').type('text/plain').send(NOT_BUILT);

const pageOf =
  (html: string): Page =>
  (reply) => {
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    return reply
      .header('content-security-policy', consolePolicy(nonce))
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(html.replaceAll(NONCE, nonce));
  };

/** Files with their content's hash in their names: they never change. */
const serveAssets = (fastify: FastifyInstance, folder: string) =>
  fastify.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: `${HOME}assets/`,
    decorateReply: false,
    index: false,
    immutable: true,
    maxAge: '365d',
    preCompressed: true,
  });

/**
 * The console's files under `/console/`: every path there that is no file is the console's own, and answered with its page. A
 * sentence instead, where it was not built.
 */
export const serveConsole = async (
  fastify: FastifyInstance,
  folder: string | undefined,
): Promise<void> => {
  const page =
    folder === undefined ? notBuilt : pageOf(await readFile(join(folder, 'index.html'), 'utf8'));
  if (folder !== undefined) await serveAssets(fastify, folder);
  for (const path of ['/', '/console'])
    fastify.get(path, (_request, reply) => reply.redirect(HOME));
  for (const path of [HOME, `${HOME}*`]) fastify.get(path, (_request, reply) => page(reply));
};
