import { FacebookConnector } from '@crier/channel-facebook';
import { SkypeConnector } from '@crier/channel-skype';
import { TelegramConnector } from '@crier/channel-telegram';
import { grantedRate, ViberConnector } from '@crier/channel-viber';
import { VkConnector } from '@crier/channel-vk';
import type { Connector } from '@crier/connector';
import type { Channel } from '@crier/contracts';

/** How the connectors of a process are opened. */
export interface ConnectorsOptions {
  /** The process's own version, for people. */
  readonly version: string;
  /** Connections to one address. */
  readonly connections: number;
  /** Addresses of APIs, instead of the messengers' own. */
  readonly apis: Readonly<Partial<Record<Channel, string>>>;
  /** Messages per second that a bot on Viber may send at most, where the team was granted more than Viber publishes. */
  readonly viberRate?: number | undefined;
  /** Where Skype's bots sign in, and where its webhooks' keys are, instead of Microsoft's. */
  readonly skype?: { readonly loginUrl?: string; readonly openIdUrl?: string };
}

type Open = (
  options: { readonly version: string; readonly connections: number; readonly apiUrl?: string },
  all: ConnectorsOptions,
) => Connector;

const KNOWN: Readonly<Record<Channel, Open>> = {
  telegram: (options) => new TelegramConnector(options),
  facebook: (options) => new FacebookConnector(options),
  viber: (options, { viberRate }) =>
    new ViberConnector({ ...options, assumed: grantedRate(viberRate) }),
  vk: (options) => new VkConnector(options),
  // A bot's own address is its service's: there is none for all.
  skype: ({ version, connections }, { skype }) =>
    new SkypeConnector({ version, connections, ...skype }),
};

/** Channels that come with Crier. */
export const knownChannels: readonly Channel[] = Object.keys(KNOWN);

/** A connector for each of these channels; those that nobody here knows have none. */
export const openConnectors = (
  channels: readonly Channel[],
  options: ConnectorsOptions,
): readonly Connector[] =>
  channels.flatMap((channel) => {
    const { version, connections, apis } = options;
    const apiUrl = apis[channel];
    const own = { version, connections, ...(apiUrl === undefined ? {} : { apiUrl }) };
    const open = Object.hasOwn(KNOWN, channel) ? KNOWN[channel] : undefined;
    return open ? [open(own, options)] : [];
  });
