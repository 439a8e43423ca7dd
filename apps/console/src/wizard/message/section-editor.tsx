import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageContent } from '../../api/types.ts';
import {
  elementsAt,
  followingCommon,
  hasOwn,
  pathOf,
  shownBy,
  withElements,
  type Place,
} from './content.ts';
import { channelName } from '../ui/channel-name.tsx';
import { ElementsEditor } from './elements-editor.tsx';
import { served, type KnownChannel } from './known-channels.ts';
import { SectionContext, sectionOf } from './section.ts';

interface SectionEditorProps {
  readonly content: MessageContent;
  readonly place: Place;
  readonly channels: readonly KnownChannel[];
  readonly onChange: (content: MessageContent) => void;
}

const Following = ({ content, channel, onChange }: SectionEditorProps & { channel: string }) => {
  const { t } = useTranslation('wizard');
  return (
    <Paper withBorder p="md">
      <Stack align="start">
        <Text size="sm">{t('own.follows', { channel: channelName(channel) })}</Text>
        <Button
          variant="light"
          onClick={() => {
            onChange(
              withElements(content, channel, structuredClone([...shownBy(content, channel)])),
            );
          }}
        >
          {t('own.make', { channel: channelName(channel) })}
        </Button>
      </Stack>
    </Paper>
  );
};

/** What one channel shows, or what all have in common. */
export const SectionEditor = (props: SectionEditorProps) => {
  const { content, place, channels, onChange } = props;
  const { t } = useTranslation('wizard');
  const meant = useMemo(
    () =>
      sectionOf(
        place === undefined ? served(channels) : channels.filter(({ name }) => name === place),
      ),
    [channels, place],
  );
  if (place !== undefined && content.synchronised && !hasOwn(content, place))
    return <Following {...props} channel={place} />;
  return (
    <SectionContext value={meant}>
      {place !== undefined && content.synchronised ? (
        <Group mb="md">
          <Text size="sm">{t('own.has')}</Text>
          <Button
            variant="light"
            size="compact-sm"
            onClick={() => {
              onChange(followingCommon(content, place));
            }}
          >
            {t('own.follow')}
          </Button>
        </Group>
      ) : null}
      <ElementsEditor
        key={place ?? '*'}
        elements={elementsAt(content, place)}
        path={pathOf(place)}
        onChange={(elements) => {
          onChange(withElements(content, place, elements));
        }}
      />
    </SectionContext>
  );
};
