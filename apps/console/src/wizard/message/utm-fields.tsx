import { Fieldset, Group, Switch, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MessageContent, Utm } from '../../api/types.ts';
import { useFault } from '../ui/faults.tsx';

const FIELDS = ['source', 'medium', 'campaign'] as const satisfies (keyof Utm)[];
const FRESH: Utm = { source: 'crier', medium: 'messenger', campaign: 'broadcast' };

interface UtmFieldProps {
  readonly name: (typeof FIELDS)[number];
  readonly utm: Utm;
  readonly onChange: (utm: Utm) => void;
}

const UtmField = ({ name, utm, onChange }: UtmFieldProps) => {
  const { t } = useTranslation('wizard');
  return (
    <TextInput
      flex="1 1 8rem"
      label={t(`utm.${name}`)}
      value={utm[name]}
      error={useFault(`utm.${name}`)}
      onChange={({ currentTarget }) => {
        onChange({ ...utm, [name]: currentTarget.value });
      }}
    />
  );
};

interface UtmFieldsProps {
  readonly content: MessageContent;
  readonly onChange: (content: MessageContent) => void;
}

/** Where people came from, for the team's own counting: added to links that say nothing of it. */
export const UtmFields = ({ content, onChange }: UtmFieldsProps) => {
  const { t } = useTranslation('wizard');
  const { utm, ...rest } = content;
  return (
    <Fieldset legend={t('utm.title')}>
      <Text size="sm" c="dimmed" mb="xs">
        {t('utm.text')}
      </Text>
      <Switch
        label={t('utm.add')}
        checked={utm !== undefined}
        onChange={({ currentTarget }) => {
          onChange(currentTarget.checked ? { ...rest, utm: FRESH } : rest);
        }}
      />
      {utm ? (
        <Group mt="sm" align="start">
          {FIELDS.map((name) => (
            <UtmField
              key={name}
              name={name}
              utm={utm}
              onChange={(next) => {
                onChange({ ...rest, utm: next });
              }}
            />
          ))}
        </Group>
      ) : null}
    </Fieldset>
  );
};
