import { Admin } from '../admin.ts';
import type { StandIn } from '../sandbox.ts';
import { ReceiverApi } from './receiver-api.ts';
import { webhookSide } from './webhook-side.ts';
import { WebhookWorld } from './world.ts';

/** Receivers of the channel `webhook` under `/webhook/<bot>`, with their admin API under `/sandbox/webhook`. */
export const openWebhook = (acceptAnyToken: boolean): StandIn => {
  const world = new WebhookWorld(acceptAnyToken);
  const api = new ReceiverApi(world);
  return {
    channel: 'webhook',
    admin: new Admin(webhookSide(world)),
    handle: (request, response, at) => api.handle(request, response, at),
    close: () => world.webhooks.close(),
  };
};
