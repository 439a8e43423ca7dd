import type { Channel, Contact, ExclusionReason, Route } from '@crier/contracts';

/** What routing knows besides the contact: which bots exist, and which channels have content and a dispatcher. */
export interface RoutingTable {
  /** Channel of every bot that can send. */
  readonly bots: Readonly<Record<string, Channel>>;
  /** Channels for which the message has content. */
  readonly contentFor: readonly Channel[];
  /** Channels that a living dispatcher serves. */
  readonly served: readonly Channel[];
}

export type Routed = { readonly botId: string } | { readonly excluded: ExclusionReason };

type Reachable = Pick<Contact, 'connections'>;

const exclusionOf = (table: RoutingTable, botId: string): ExclusionReason | undefined => {
  const channel = table.bots[botId];
  if (channel === undefined) return 'unknown_bot';
  if (!table.contentFor.includes(channel)) return 'no_content';
  return table.served.includes(channel) ? undefined : 'channel_absent';
};

/**
 * Through which bot a contact is reached: the main connection, or the first of the chosen bots, in the operator's order,
 * that reaches the person (an enabled connection before any other). One contact, one message.
 */
export const route = (contact: Reachable, wanted: Route, table: RoutingTable): Routed => {
  const candidates =
    wanted === 'main'
      ? contact.connections.filter(({ main }) => main)
      : wanted.bots.flatMap((botId) =>
          contact.connections.filter((known) => known.botId === botId),
        );

  let reason: ExclusionReason = 'no_connection';
  let fallback: string | undefined;
  for (const { botId, status } of candidates) {
    const excluded = exclusionOf(table, botId);
    if (excluded) {
      if (reason === 'no_connection') reason = excluded;
      continue;
    }
    if (status === 'enabled') return { botId };
    fallback ??= botId;
  }
  return fallback === undefined ? { excluded: reason } : { botId: fallback };
};
