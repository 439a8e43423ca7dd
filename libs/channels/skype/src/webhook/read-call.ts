import type { Sender, WebhookReading, WebhookRequest } from '@crier/connector';
import { accountOf } from '../account.ts';
import { fieldsIn, textIn } from '../json.ts';
import { FOREIGN, readActivity } from './read-activity.ts';
import type { Callers } from './callers.ts';

const MOST_BYTES = 1024 * 1024;
const FORGED: WebhookReading = { authentic: false };

/** Reads a call of the Connector: one activity, under a signed token. `clock` dates those that carry no time. */
export const readCall = async (
  sender: Sender,
  { headers, rawBody }: WebhookRequest,
  { callers, clock }: { readonly callers: Callers; readonly clock: () => number },
): Promise<WebhookReading> => {
  const account = accountOf(sender);
  if (account === undefined) return FORGED;
  const caller = await callers.identify(headers['authorization'], account.appId);
  if (caller === undefined) return FORGED;
  const activity = rawBody.length > MOST_BYTES ? undefined : fieldsIn(rawBody.toString());
  if (activity === undefined) return FOREIGN;
  const { serviceUrl, channelId } = activity;
  // The token is not bound to the body but by these: with another service's address it would be stolen, or lent.
  if (caller.serviceUrl === '' || serviceUrl !== caller.serviceUrl) return FORGED;
  if (!caller.mayCallFor(textIn(channelId))) return FORGED;
  return channelId === account.channelId ? readActivity(sender, activity, clock) : FOREIGN;
};
