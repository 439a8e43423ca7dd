import { Button, Group, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { ChoiceMenu } from './choice-menu.tsx';
import { COLUMNS, type ColumnName } from './columns.ts';
import { isFiltered, STATUSES, type TableSearch } from './table-search.ts';

type Change = (changes: Partial<Record<keyof TableSearch, string | undefined>>) => void;

interface ToolbarProps {
  readonly search: TableSearch;
  readonly onChange: Change;
  readonly columns: readonly ColumnName[];
  readonly onColumn: (column: ColumnName) => void;
}

const TYPING_MS = 200;

const listOf = (text = ''): readonly string[] => (text === '' ? [] : text.split(','));

const toggled = (list: readonly string[], value: string): string | undefined => {
  const others = list.filter((one) => one !== value);
  const next = others.length === list.length ? [...list, value] : others;
  return next.length === 0 ? undefined : next.join(',');
};

const orNone = (text: string): string | undefined => (text === '' ? undefined : text);

const NameSearch = ({ search, onChange }: Pick<ToolbarProps, 'search' | 'onChange'>) => {
  const { t } = useTranslation('table');
  const ask = useDebouncedCallback((name: string) => {
    onChange({ name: orNone(name) });
  }, TYPING_MS);
  return (
    <TextInput
      type="search"
      aria-label={t('search')}
      placeholder={t('search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      defaultValue={search.name ?? ''}
      maxLength={200}
      onChange={({ currentTarget }) => {
        ask(currentTarget.value);
      }}
    />
  );
};

const ChannelChoice = ({ search, onChange }: Pick<ToolbarProps, 'search' | 'onChange'>) => {
  const { t } = useTranslation('table');
  const { data } = api.useQuery('get', '/v1/channels');
  return (
    <ChoiceMenu
      label={search.channel ?? t('anyChannel')}
      values={data?.items.map(({ channel }) => channel) ?? []}
      chosen={listOf(search.channel)}
      nameOf={(channel) => channel}
      onToggle={(channel) => {
        onChange({ channel: channel === search.channel ? undefined : channel });
      }}
    />
  );
};

const Days = ({ search, onChange }: Pick<ToolbarProps, 'search' | 'onChange'>) => {
  const { t } = useTranslation('table');
  return (['from', 'to'] as const).map((end) => (
    <TextInput
      key={end}
      type="date"
      aria-label={t(end)}
      title={t(end)}
      value={search[end] ?? ''}
      onChange={({ currentTarget }) => {
        onChange({ [end]: orNone(currentTarget.value) });
      }}
    />
  ));
};

/** Which broadcasts the table shows, and which of their columns. */
export const Toolbar = ({ search, onChange, columns, onColumn }: ToolbarProps) => {
  const { t } = useTranslation(['table', 'words']);
  const statuses = listOf(search.status);
  const [cleared, setCleared] = useState(0);
  const clear = (): void => {
    setCleared(cleared + 1);
    onChange({
      name: undefined,
      status: undefined,
      channel: undefined,
      from: undefined,
      to: undefined,
    });
  };
  return (
    <Group gap="xs" role="search">
      <NameSearch key={cleared} search={search} onChange={onChange} />
      <ChoiceMenu
        label={statuses.length === 0 ? t('anyStatus') : t('statuses', { count: statuses.length })}
        values={STATUSES}
        chosen={STATUSES.filter((status) => statuses.includes(status))}
        nameOf={(status) => t(`words:status.${status}`)}
        onToggle={(status) => {
          onChange({ status: toggled(statuses, status) });
        }}
      />
      <ChannelChoice search={search} onChange={onChange} />
      <Days search={search} onChange={onChange} />
      <ChoiceMenu
        label={t('choose')}
        values={COLUMNS.filter((column) => column !== 'name')}
        chosen={columns}
        nameOf={(column) => t(`columns.${column}`)}
        onToggle={onColumn}
      />
      {isFiltered(search) ? (
        <Button variant="subtle" onClick={clear}>
          {t('clear')}
        </Button>
      ) : null}
    </Group>
  );
};
