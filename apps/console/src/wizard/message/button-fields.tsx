import { Group, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ButtonKind, MessageButton } from '../../api/types.ts';
import { useFault } from '../ui/faults.tsx';
import { buttonOf } from './fresh.ts';

interface ButtonFieldsProps {
  readonly button: MessageButton;
  readonly path: string;
  readonly kinds: readonly string[];
  readonly onChange: (button: MessageButton) => void;
}

const Target = ({ button, path, onChange }: ButtonFieldsProps) => {
  const { t } = useTranslation('wizard');
  const isMessage = button.kind === 'message';
  const fault = useFault(`${path}.${isMessage ? 'payload' : 'url'}`);
  const change = (value: string): void => {
    onChange(isMessage ? { ...button, payload: value } : { ...button, url: value });
  };
  return (
    <TextInput
      flex="2 1 12rem"
      label={t(isMessage ? 'button.payload' : 'button.url')}
      placeholder={isMessage ? undefined : 'https://'}
      value={isMessage ? button.payload : button.url}
      error={fault}
      onChange={({ currentTarget }) => {
        change(currentTarget.value);
      }}
    />
  );
};

const KNOWN: readonly ButtonKind[] = ['link', 'message', 'buy'];

/** One button: what it says and what a press of it does. */
export const ButtonFields = (props: ButtonFieldsProps) => {
  const { t } = useTranslation('wizard');
  const { button, path, kinds, onChange } = props;
  const offered = KNOWN.filter((kind) => kinds.includes(kind) || kind === button.kind);
  return (
    <Group align="start" gap="xs">
      <Select
        flex="1 1 7rem"
        label={t('button.kind')}
        allowDeselect={false}
        data={offered.map((kind) => ({ value: kind, label: t(`button.${kind}`) }))}
        value={button.kind}
        error={useFault(`${path}.kind`)}
        onChange={(kind) => {
          if (kind) onChange(buttonOf(kind, button));
        }}
      />
      <TextInput
        flex="1 1 9rem"
        label={t('button.label')}
        dir="auto"
        value={button.label}
        error={useFault(`${path}.label`)}
        onChange={({ currentTarget }) => {
          onChange({ ...button, label: currentTarget.value });
        }}
      />
      <Target {...props} />
    </Group>
  );
};
