import { ActionIcon, Code, Group, Paper } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FaultOfWhole } from '../ui/faults.tsx';
import { ConditionFields, type ConditionFieldsProps } from './condition-fields.tsx';
import { CONDITIONS, freshCondition, kindOf, type ConditionKind } from './filter.ts';
import { ChoiceField } from './value-fields.tsx';

interface ConditionRowProps extends ConditionFieldsProps {
  readonly name: string;
  readonly onRemove: () => void;
}

/** One condition; one that this page does not know is shown as it is, and kept. */
export const ConditionRow = (props: ConditionRowProps) => {
  const { t } = useTranslation('wizard');
  const { condition, path, name, onChange, onRemove } = props;
  const kind = kindOf(condition);
  return (
    <Paper withBorder p="xs" role="group" aria-label={name}>
      <Group align="start" gap="xs" wrap="nowrap">
        <Group align="start" gap="xs" flex={1}>
          {kind === undefined ? (
            <Code className="wizard-text">{JSON.stringify(condition)}</Code>
          ) : (
            <>
              <ChoiceField
                label={t('filter.about')}
                path={`${path}.kind`}
                value={kind}
                options={CONDITIONS.map((one) => ({ value: one, label: t(`condition.${one}`) }))}
                onChange={(next) => {
                  onChange(freshCondition(next as ConditionKind));
                }}
              />
              <ConditionFields {...props} />
            </>
          )}
        </Group>
        <ActionIcon
          variant="subtle"
          color="gray"
          mt={4}
          aria-label={t('list.remove', { name })}
          onClick={onRemove}
        >
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </Group>
      <FaultOfWhole paths={[path]} />
    </Paper>
  );
};
