import { useMemo } from 'react';
import { api } from '../../api/client.ts';
import type { Capabilities } from '../../api/types.ts';

/** A channel that somebody sends on, and whether there is a bot to send through. */
export interface KnownChannel {
  readonly name: string;
  readonly capabilities: Capabilities;
  readonly hasBots: boolean;
}

const NONE: readonly KnownChannel[] = [];

/** The channels as the API tells them: which there are and what each can show. */
export const useKnownChannels = (): readonly KnownChannel[] => {
  const { data: channels } = api.useQuery('get', '/v1/channels');
  const { data: bots } = api.useQuery('get', '/v1/bots');
  return useMemo(
    () =>
      channels?.items.map(({ channel, capabilities }) => ({
        name: channel,
        capabilities,
        hasBots: bots?.items.some((bot) => bot.channel === channel) ?? false,
      })) ?? NONE,
    [channels, bots],
  );
};

/** Those that a common content is meant for: all that have bots; without any bot, all. */
export const served = (channels: readonly KnownChannel[]): readonly KnownChannel[] => {
  const withBots = channels.filter(({ hasBots }) => hasBots);
  return withBots.length === 0 ? channels : withBots;
};
