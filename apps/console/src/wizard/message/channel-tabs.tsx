import { Badge, Tabs, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ChannelName } from '../ui/channel-name.tsx';
import type { MessageContent } from '../../api/types.ts';
import { hasOwn, shownBy, type Place } from './content.ts';
import type { KnownChannel } from './known-channels.ts';

const COMMON = '*';

interface ChannelTabsProps {
  readonly content: MessageContent;
  readonly channels: readonly KnownChannel[];
  readonly place: Place;
  readonly onPlace: (place: Place) => void;
  readonly children: ReactNode;
}

/** Names of channels that have a tab: those known, first those with bots, and those that the message has content for. */
export const tabNames = (
  content: MessageContent,
  channels: readonly KnownChannel[],
): readonly string[] => [
  ...new Set([
    ...channels.filter(({ hasBots }) => hasBots).map(({ name }) => name),
    ...channels.map(({ name }) => name),
    ...Object.keys(content.channels ?? {}),
  ]),
];

const Count = ({ content, name }: { readonly content: MessageContent; readonly name: string }) => {
  const { t } = useTranslation('wizard');
  const { length } = shownBy(content, name);
  const follows = content.synchronised && !hasOwn(content, name);
  return (
    <Badge
      size="sm"
      variant={follows ? 'outline' : 'light'}
      color={length === 0 ? 'gray' : 'indigo'}
      aria-label={t('tab.count', { count: length })}
    >
      {length}
    </Badge>
  );
};

/** A tab for each channel, with how many elements it shows, and one for what all have in common. */
export const ChannelTabs = ({ content, channels, place, onPlace, children }: ChannelTabsProps) => {
  const { t } = useTranslation('wizard');
  const lacksBots = (name: string): boolean =>
    channels.some((channel) => channel.name === name && !channel.hasBots);
  return (
    <Tabs
      value={place ?? COMMON}
      onChange={(value) => {
        onPlace(value === COMMON || value === null ? undefined : value);
      }}
    >
      <Tabs.List aria-label={t('tab.title')}>
        {content.synchronised ? <Tabs.Tab value={COMMON}>{t('tab.common')}</Tabs.Tab> : null}
        {tabNames(content, channels).map((name) => (
          <Tabs.Tab key={name} value={name} rightSection={<Count content={content} name={name} />}>
            <ChannelName channel={name} />
            {lacksBots(name) ? (
              <Text span size="xs" c="dimmed">
                {' '}
                {t('tab.noBot')}
              </Text>
            ) : null}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={place ?? COMMON} pt="md">
        {children}
      </Tabs.Panel>
    </Tabs>
  );
};
