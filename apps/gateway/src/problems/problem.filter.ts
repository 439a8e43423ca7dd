import {
  Catch,
  Inject,
  NotFoundException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { Log } from '@crier/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RouteTable } from '../http/route-table.ts';
import { LOG } from '../tokens.ts';
import { clientProblem, documentOf } from './problem-document.ts';
import { Problem } from './problem.ts';

const BUG = new Problem('INTERNAL', 'Something went wrong here; it was noted. Try again.');

/** Turns everything that is thrown into `application/problem+json`. A bug is logged here, once, and tells the client nothing. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(RouteTable) private readonly routes: RouteTable,
    @Inject(LOG) private readonly log: Log,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    this.#answer(reply, this.#problemOf(error, request));
  }

  #problemOf(error: unknown, { method, url }: FastifyRequest): Problem {
    const allowed = error instanceof NotFoundException ? this.routes.methodsOf(url) : [];
    if (allowed.length > 0)
      return new Problem(
        'METHOD_NOT_ALLOWED',
        `This path does not take ${method}; it takes ${allowed.join(', ')}.`,
        { headers: { allow: allowed.join(', ') } },
      );
    const problem = clientProblem(error);
    if (problem) return problem;
    this.log.error('request failed', {
      method,
      error: error instanceof Error ? error.message : String(error),
      ...(error instanceof Error && { stack: error.stack }),
    });
    return BUG;
  }

  #answer(reply: FastifyReply, problem: Problem): void {
    const document = documentOf(problem);
    void reply
      .status(document.status)
      .headers(problem.headers)
      .header('cache-control', 'no-store')
      .type('application/problem+json')
      .send(JSON.stringify(document));
  }
}
