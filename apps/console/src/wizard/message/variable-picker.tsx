import { ActionIcon, Autocomplete, Button, Popover, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBraces } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useVariableNames } from '../vocabulary.ts';

const placeholderOf = (name: string, fallback: string): string =>
  fallback === '' ? `{{${name}}}` : `{{${name} | ${fallback}}}`;

const PickerForm = ({ onPick }: { readonly onPick: (placeholder: string) => void }) => {
  const { t } = useTranslation('wizard');
  const names = useVariableNames();
  const [name, setName] = useState('first_name');
  const [fallback, setFallback] = useState('');
  const chosen = name.trim();
  return (
    <Stack
      component="form"
      gap="xs"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== '') onPick(placeholderOf(chosen, fallback.trim()));
      }}
    >
      <Autocomplete
        label={t('variable.name')}
        data={[...names]}
        value={name}
        onChange={setName}
        comboboxProps={{ withinPortal: false }}
        data-autofocus
      />
      <TextInput
        label={t('variable.fallback')}
        description={t('variable.fallbackWhy')}
        value={fallback}
        onChange={({ currentTarget }) => {
          setFallback(currentTarget.value);
        }}
      />
      <Button type="submit" disabled={chosen === ''}>
        {t('variable.insert')}
      </Button>
    </Stack>
  );
};

/** Puts what is known of each person into a text. */
export const VariablePicker = ({ onPick }: { readonly onPick: (placeholder: string) => void }) => {
  const { t } = useTranslation('wizard');
  const [isOpen, { toggle, close }] = useDisclosure();
  return (
    <Popover
      opened={isOpen}
      onDismiss={close}
      width={280}
      position="bottom-end"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          aria-label={t('variable.title')}
          title={t('variable.title')}
          onClick={toggle}
        >
          <IconBraces size={18} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('variable.title')}>
        <PickerForm
          onPick={(placeholder) => {
            close();
            onPick(placeholder);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
};
