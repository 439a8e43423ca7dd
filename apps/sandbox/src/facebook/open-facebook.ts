import { Admin } from '../admin.ts';
import type { StandIn } from '../sandbox.ts';
import { facebookSide } from './facebook-side.ts';
import { GraphApi } from './graph-api.ts';
import { FacebookWorld } from './world.ts';

/** A stand-in for Messenger's part of the Graph API under `/facebook`, with its admin API under `/sandbox/facebook`. */
export const openFacebook = (acceptAnyToken: boolean): StandIn => {
  const world = new FacebookWorld(acceptAnyToken);
  const api = new GraphApi(world);
  return {
    channel: 'facebook',
    admin: new Admin(facebookSide(world)),
    handle: (request, response, at) => api.handle(request, response, at),
    close: () => world.webhooks.close(),
  };
};
