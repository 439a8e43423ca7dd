import './preview.css';
import { Paper, Select, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useDraftState } from '../draft/draft-context.ts';
import { shownBy, type Place } from '../message/content.ts';
import { channelName } from '../ui/channel-name.tsx';
import { ContactPicker } from '../ui/contact-picker.tsx';
import { Bubble } from './bubble.tsx';
import { filesOf } from './files.ts';
import { usePreview } from './use-preview.ts';

interface ChatProps {
  readonly channel: string;
  readonly parts: Parameters<typeof Bubble>[0]['part'][];
}

const Chat = ({ channel, parts }: ChatProps) => {
  const { t } = useTranslation('wizard');
  const { parts: draft } = useDraftState();
  const files = filesOf(parts, shownBy(draft.message, channel));
  return (
    <ol
      className="chat plain-list"
      data-channel={channel}
      tabIndex={0}
      aria-label={t('preview.on', { channel: channelName(channel) })}
    >
      {parts.map((part, index) => (
        <Bubble key={index} part={part} file={files[index] ?? {}} />
      ))}
    </ol>
  );
};

/** The message as a chosen person would see it in their messenger. */
export const PreviewPanel = ({ place }: { readonly place: Place }) => {
  const { t } = useTranslation('wizard');
  const [contactId, setContactId] = useState<string | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const { data, error } = usePreview(contactId);
  const channels = data?.channels.filter(({ parts }) => parts.length > 0) ?? [];
  const shown =
    channels.find(({ channel }) => channel === (place ?? wanted)) ??
    (place === undefined ? channels[0] : undefined);
  const names = [...new Set(channels.map(({ channel }) => channel))];
  return (
    <Paper component="section" withBorder p="sm" aria-labelledby="preview-title">
      <Stack gap="sm">
        <Title order={3} size="h5" id="preview-title">
          {t('preview.title')}
        </Title>
        <ContactPicker label={t('preview.contact')} value={contactId} onChange={setContactId} />
        {place === undefined && names.length > 1 ? (
          <Select
            label={t('preview.channel')}
            allowDeselect={false}
            data={names.map((name) => ({ value: name, label: channelName(name) }))}
            value={shown?.channel ?? null}
            onChange={setWanted}
          />
        ) : null}
        <ProblemAlert error={error} />
        {shown ? (
          <Chat channel={shown.channel} parts={shown.parts} />
        ) : (
          <Text size="sm" c="dimmed">
            {t('preview.empty')}
          </Text>
        )}
      </Stack>
    </Paper>
  );
};
