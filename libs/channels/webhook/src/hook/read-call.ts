import type { Sender, WebhookEvent, WebhookReading, WebhookRequest } from '@crier/connector';
import { fieldsOf, parsed } from '../json.ts';
import { MOST_CALL_BYTES, MOST_EVENTS } from '../limits.ts';
import { isAuthentic } from '../signature.ts';
import { isForeign, readEvent } from './events.ts';

const FOREIGN: WebhookReading = { authentic: true, events: [], foreign: true };

const eventsIn = ({ rawBody }: WebhookRequest): readonly unknown[] | undefined => {
  if (rawBody.length > MOST_CALL_BYTES) return undefined;
  const events = fieldsOf(parsed(rawBody.toString())?.value)?.['events'];
  return Array.isArray(events) ? events : undefined;
};

/** Reads a receiver's call. `now`: an instant. */
export const readCall = (sender: Sender, request: WebhookRequest, now: string): WebhookReading => {
  if (!isAuthentic(sender, request, Date.parse(now))) return { authentic: false };
  const told = eventsIn(request);
  if (told === undefined) return FOREIGN;
  // Refused as a whole, so that whoever wrote it hears of it: a part that is left out would be missed by nobody.
  if (told.length > MOST_EVENTS) return { authentic: false };
  const read = told.map((event) => readEvent(fieldsOf(event) ?? {}, { botId: sender.id, now }));
  return {
    authentic: true,
    events: read.filter((event): event is WebhookEvent => event !== undefined),
    foreign: read.some(isForeign),
  };
};
