const NAMES: Readonly<Record<string, string>> = {
  telegram: 'Telegram',
  facebook: 'Messenger',
  viber: 'Viber',
  vk: 'VK',
  skype: 'Skype',
};

/** A channel as people call it; one that is not known here, by the name that the API has for it. */
export const channelName = (channel: string): string => NAMES[channel] ?? channel;

export const ChannelName = ({ channel }: { readonly channel: string }) => channelName(channel);
