import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { IdempotentCommands } from '../commands/idempotent-commands.ts';
import { Answer } from './answer.ts';
import { checkRequest } from './check-request.ts';
import { specOf } from './spec-of.ts';

/** Nobody reads the body of a HEAD: what would be streamed is not even begun. */
const withoutStream = (body: unknown): unknown => {
  if (!(body instanceof Readable)) return body;
  body.destroy();
  return Readable.from([]);
};

/** Checks a request by its route's description, runs the route, once for each idempotency key, and writes its answer. */
@Injectable()
export class EndpointInterceptor implements NestInterceptor {
  constructor(@Inject(IdempotentCommands) private readonly commands: IdempotentCommands) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return from(this.#run(context, next));
  }

  async #run(context: ExecutionContext, next: CallHandler): Promise<unknown> {
    const spec = specOf(context);
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    checkRequest(spec, request);
    const run = async (): Promise<unknown> => lastValueFrom(next.handle());
    const answer = spec.command === true ? await this.commands.once(request, run) : await run();
    if (!(answer instanceof Answer)) return answer;
    void reply.status(answer.status).headers(answer.headers);
    return request.method === 'HEAD' ? withoutStream(answer.body) : answer.body;
  }
}
