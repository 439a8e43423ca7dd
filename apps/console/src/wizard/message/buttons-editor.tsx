import { Button, Group, Paper, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MessageButton } from '../types.ts';
import { FaultOfWhole } from '../ui/faults.tsx';
import { ItemActions } from '../ui/item-actions.tsx';
import { SortableList } from '../ui/sortable-list.tsx';
import { ButtonFields } from './button-fields.tsx';
import { buttonOf } from './fresh.ts';
import { edited, keyOf } from '../ui/identities.ts';
import { moved, removed, replaced } from '../ui/lists.ts';
import { useSection } from './section.ts';

interface ButtonsEditorProps {
  readonly buttons: readonly MessageButton[];
  readonly path: string;
  readonly onChange: (buttons: readonly MessageButton[]) => void;
}

/** The buttons under an element or a card. */
export const ButtonsEditor = ({ buttons, path, onChange }: ButtonsEditorProps) => {
  const { t } = useTranslation('wizard');
  const { buttonKinds } = useSection();
  const nameOf = ({ label }: MessageButton, index: number): string =>
    t('button.named', { place: index + 1, label });
  return (
    <Stack gap="xs">
      <SortableList
        items={buttons}
        label={t('button.title')}
        keyOf={keyOf}
        nameOf={nameOf}
        onMove={(from, to) => {
          onChange(moved(buttons, from, to));
        }}
      >
        {(button, index, handle) => (
          <Paper withBorder p="xs" role="group" aria-label={nameOf(button, index)}>
            <Group justify="space-between" gap={0}>
              {handle}
              <ItemActions
                name={nameOf(button, index)}
                index={index}
                count={buttons.length}
                onMove={(to) => {
                  onChange(moved(buttons, index, to));
                }}
                onDuplicate={() => {
                  onChange(buttons.toSpliced(index + 1, 0, { ...button }));
                }}
                onRemove={() => {
                  onChange(removed(buttons, index));
                }}
              />
            </Group>
            <ButtonFields
              button={button}
              path={`${path}[${index}]`}
              kinds={buttonKinds}
              onChange={(next) => {
                onChange(replaced(buttons, index, edited(button, next)));
              }}
            />
          </Paper>
        )}
      </SortableList>
      <FaultOfWhole paths={[path]} />
      <Group>
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => {
            onChange([...buttons, buttonOf('link')]);
          }}
        >
          {t('button.add')}
        </Button>
      </Group>
    </Stack>
  );
};
