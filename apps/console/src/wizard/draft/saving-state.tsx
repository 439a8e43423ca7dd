import { Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCloudUp, IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem.ts';
import type { DraftState } from './draft.ts';
import { useDraft, useDraftState } from './draft-context.ts';

const ICONS = {
  saved: IconCheck,
  saving: IconCloudUp,
  unsaved: IconPencil,
  refused: IconAlertTriangle,
  offline: IconAlertTriangle,
  contested: IconAlertTriangle,
} as const;

type Saving = keyof typeof ICONS;

const savingOf = ({ theirs, isSaving, unsaved, errors }: DraftState): Saving => {
  if (theirs) return 'contested';
  if (isSaving) return 'saving';
  const failed = unsaved.filter((part) => errors[part] !== undefined);
  if (failed.length === 0) return unsaved.length === 0 ? 'saved' : 'unsaved';
  return failed.some((part) => problemOf(errors[part]) === undefined) ? 'offline' : 'refused';
};

/** Whether what is on the page is safe yet. */
export const SavingState = () => {
  const { t } = useTranslation('wizard');
  const draft = useDraft();
  const state = savingOf(useDraftState());
  const Icon = ICONS[state];
  const isTrouble = state === 'refused' || state === 'offline' || state === 'contested';
  return (
    <Group gap="xs" wrap="nowrap">
      <Icon size={16} aria-hidden />
      <Text role="status" size="sm" c={isTrouble ? 'red.8' : 'dimmed'} className="saving-state">
        {t(`saving.${state}`)}
      </Text>
      {state === 'offline' ? (
        <Button size="compact-xs" variant="light" onClick={() => void draft.flush()}>
          {t('saving.again')}
        </Button>
      ) : null}
    </Group>
  );
};
