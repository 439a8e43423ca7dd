import { Switch, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useTranslation } from 'react-i18next';
import type { MessageContent } from '../../api/types.ts';
import { elementsAt, separated, synchronised, type Place } from './content.ts';
import { served, type KnownChannel } from './known-channels.ts';

interface SyncSwitchProps {
  readonly content: MessageContent;
  readonly place: Place;
  readonly channels: readonly KnownChannel[];
  readonly onChange: (content: MessageContent) => void;
}

/** Contents of other channels that one for all would replace. */
const wouldLose = (content: MessageContent, place: Place): boolean =>
  Object.entries(content.channels ?? {}).some(
    ([channel, { elements }]) =>
      channel !== place &&
      elements.length > 0 &&
      JSON.stringify(elements) !== JSON.stringify(elementsAt(content, place)),
  );

/** One content for all channels, or each its own. */
export const SyncSwitch = ({ content, place, channels, onChange }: SyncSwitchProps) => {
  const { t } = useTranslation('wizard');
  const together = (): void => {
    const change = (): void => {
      onChange(synchronised(content, place));
    };
    if (!wouldLose(content, place)) change();
    else
      modals.openConfirmModal({
        title: t('sync.replace.title'),
        children: <Text size="sm">{t('sync.replace.text', { from: place ?? '' })}</Text>,
        labels: { confirm: t('sync.replace.confirm'), cancel: t('cancel') },
        onConfirm: change,
      });
  };
  return (
    <Switch
      label={t('sync.label')}
      description={t(content.synchronised ? 'sync.on' : 'sync.off')}
      checked={content.synchronised}
      onChange={({ currentTarget }) => {
        if (currentTarget.checked) together();
        else
          onChange(
            separated(
              content,
              served(channels).map(({ name }) => name),
            ),
          );
      }}
    />
  );
};
