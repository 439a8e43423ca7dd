import { ActionIcon, Button, Group as Row, Paper, SegmentedControl, Stack } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FaultOfWhole } from '../ui/faults.tsx';
import { edited, keyOf } from '../ui/identities.ts';
import { removed, replaced } from '../ui/lists.ts';
import { ConditionRow } from './condition-row.tsx';
import {
  freshCondition,
  groupOf,
  GROUPS,
  isGroup,
  partsOf,
  type Filter,
  type Group,
  type GroupKind,
} from './filter.ts';

interface FilterGroupProps {
  readonly group: Group;
  /** Where it stands in faults, as `filter.all[1]`. */
  readonly path: string;
  readonly name: string;
  readonly onChange: (group: Group) => void;
  /** Absent: the outermost group stays. */
  readonly onRemove?: () => void;
}

const Adding = ({ onAdd }: { readonly onAdd: (filter: Filter) => void }) => {
  const { t } = useTranslation('wizard');
  const icon = <IconPlus size={14} aria-hidden />;
  return (
    <Row gap="xs">
      <Button
        size="compact-sm"
        variant="light"
        leftSection={icon}
        onClick={() => {
          onAdd(freshCondition('tag'));
        }}
      >
        {t('filter.addCondition')}
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={icon}
        onClick={() => {
          onAdd(groupOf('any', [freshCondition('tag')]));
        }}
      >
        {t('filter.addGroup')}
      </Button>
    </Row>
  );
};

/** Conditions and groups of which all, any or none are to hold. */
export const FilterGroup = ({ group, path, name, onChange, onRemove }: FilterGroupProps) => {
  const { t } = useTranslation('wizard');
  const { kind, parts } = partsOf(group);
  const change = (next: readonly Filter[], as: GroupKind = kind): void => {
    onChange(groupOf(as, next));
  };
  const partAt = (part: Filter, index: number) => {
    const place = `${path}.${kind}[${index}]`;
    const shared = {
      path: place,
      onRemove: () => {
        change(removed(parts, index));
      },
      onChange: (next: Filter) => {
        change(replaced(parts, index, edited(part, next)));
      },
    };
    const number = `${name === '' ? '' : `${name}.`}${index + 1}`;
    return isGroup(part) ? (
      <FilterGroup key={keyOf(part)} {...shared} group={part} name={number} />
    ) : (
      <ConditionRow
        key={keyOf(part)}
        {...shared}
        condition={part}
        name={t('filter.condition', { number })}
      />
    );
  };
  const label = name === '' ? t('filter.title') : t('filter.group', { number: name });
  return (
    <Paper withBorder={name !== ''} p={name === '' ? 0 : 'xs'} role="group" aria-label={label}>
      <Stack gap="xs">
        <Row justify="space-between" wrap="nowrap">
          <SegmentedControl
            size="xs"
            aria-label={t('filter.match')}
            data={GROUPS.map((one) => ({ value: one, label: t(`group.${one}`) }))}
            value={kind}
            onChange={(next) => {
              change(parts, next);
            }}
          />
          {onRemove ? (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('list.remove', { name: label })}
              onClick={onRemove}
            >
              <IconX size={18} aria-hidden />
            </ActionIcon>
          ) : null}
        </Row>
        {parts.map(partAt)}
        <FaultOfWhole paths={[path, `${path}.${kind}`]} />
        <Adding
          onAdd={(filter) => {
            change([...parts, filter]);
          }}
        />
      </Stack>
    </Paper>
  );
};
