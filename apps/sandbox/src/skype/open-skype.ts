import { Admin } from '../admin.ts';
import type { StandIn } from '../sandbox.ts';
import { ConnectorApi } from './connector-api.ts';
import { skypeSide } from './skype-side.ts';
import { SkypeWorld } from './world.ts';

/**
 * A stand-in for the Bot Framework Connector at the service address `/skype`, with its login at `/skype/login`, its keys
 * at `/skype/v1/.well-known/openidconfiguration` and its admin API under `/sandbox/skype`.
 */
export const openSkype = (acceptAnyToken: boolean): StandIn => {
  const world = new SkypeWorld(acceptAnyToken);
  const api = new ConnectorApi(world);
  return {
    channel: 'skype',
    admin: new Admin(skypeSide(world)),
    handle: (request, response, at) => api.handle(request, response, at),
    close: () => world.webhooks.close(),
  };
};
