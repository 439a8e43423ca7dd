import type { RoutingTable } from '@crier/audience';
import { elementsFor, type ChannelAnnounced } from '@crier/contracts';
import type { AgendaEntry } from '../domain/agenda.ts';

/** A dispatcher that was there within a day will be there again: its lanes wait for it. */
const SERVED_MS = 24 * 3_600_000;

/** What routing has to know, from the bots, the message and the dispatchers' announcements. */
export const routingTable = (
  bots: readonly { readonly id: string; readonly channel: string }[],
  content: NonNullable<AgendaEntry['content']>,
  announced: readonly ChannelAnnounced[],
  now: string,
): RoutingTable => {
  const channels = [...new Set(bots.map(({ channel }) => channel))];
  return {
    bots: Object.fromEntries(bots.map(({ id, channel }) => [id, channel])),
    contentFor: channels.filter((channel) => elementsFor(content, channel).length > 0),
    served: announced
      .filter(({ expiresAt }) => Date.parse(now) - Date.parse(expiresAt) < SERVED_MS)
      .map(({ capabilities }) => capabilities.channel),
  };
};
