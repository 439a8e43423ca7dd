import type { ExecutionContext } from '@nestjs/common';
import { unreachable } from '@crier/kernel';
import type { EndpointSpec } from './endpoint.ts';

/** The description that the route's `@Endpoint` holds. */
export const specOf = (context: ExecutionContext): EndpointSpec => {
  const spec: unknown = Reflect.getMetadata('crier:endpoint', context.getHandler());
  return typeof spec === 'object' && spec !== null
    ? (spec as EndpointSpec)
    : unreachable(context.getHandler().name as never);
};
