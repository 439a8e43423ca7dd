import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../access/authenticator.ts';
import type { CommandOutcome } from '../ports/command-log.ts';

/** What a request asks of a command: under which id, in whose name, on which revision. */
export interface Order {
  readonly commandId: string;
  readonly actor: string;
  readonly ifRevision?: number;
  /** Of a repeat: what became of it already. */
  readonly outcome?: CommandOutcome;
}

/** Who asks and, for commands, with which order. Kept beside the request for as long as it lives. */
interface RequestContext {
  caller?: Caller;
  /** A JSON body as it came: what signatures are over. */
  rawBody?: Uint8Array;
  order?: Order;
}

const contexts = new WeakMap<object, RequestContext>();

export const contextOf = (request: FastifyRequest): RequestContext => {
  const known = contexts.get(request.raw);
  if (known) return known;
  const fresh: RequestContext = {};
  contexts.set(request.raw, fresh);
  return fresh;
};

/** The order of a route that gives commands. */
export const TheOrder = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Order | undefined =>
    contextOf(context.switchToHttp().getRequest<FastifyRequest>()).order,
);
