import { Admin } from '../admin.ts';
import type { StandIn } from '../sandbox.ts';
import { ViberRestApi } from './viber-api.ts';
import { viberSide } from './viber-side.ts';
import { ViberWorld } from './world.ts';

/** A stand-in for Viber's REST API under `/viber`, with its admin API under `/sandbox/viber`. */
export const openViber = (acceptAnyToken: boolean): StandIn => {
  const world = new ViberWorld(acceptAnyToken);
  const api = new ViberRestApi(world);
  return {
    channel: 'viber',
    admin: new Admin(viberSide(world)),
    handle: (request, response, at) => api.handle(request, response, at),
    close: () => world.webhooks.close(),
  };
};
