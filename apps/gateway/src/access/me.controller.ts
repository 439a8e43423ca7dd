import { Controller, Get, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ok, type Answer } from '../http/answer.ts';
import { Endpoint } from '../http/endpoint.ts';
import { contextOf } from '../http/request-context.ts';
import { ROLES } from '../ports/token-store.ts';

/** Whose token it is: for clients that show what its role may do. */
@ApiTags('tokens')
@Controller('v1/me')
export class MeController {
  @Get()
  @Endpoint({
    summary: 'The name and the role of your token',
    roles: ROLES,
    answers: { 200: 'Me' },
  })
  get(@Req() request: FastifyRequest): Answer {
    const { name, role } = contextOf(request).caller ?? {};
    return ok({ name, role }, { 'cache-control': 'no-store' });
  }
}
