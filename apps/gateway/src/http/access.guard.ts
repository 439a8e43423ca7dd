import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Authenticator, mustHaveRole } from '../access/authenticator.ts';
import { specOf } from './spec-of.ts';
import { contextOf } from './request-context.ts';

/** Lets in whom the route's description names. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(@Inject(Authenticator) private readonly authenticator: Authenticator) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { roles } = specOf(context);
    if (roles === undefined) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = await this.authenticator.caller(request.headers.authorization);
    mustHaveRole(caller, roles);
    contextOf(request).caller = caller;
    return true;
  }
}
