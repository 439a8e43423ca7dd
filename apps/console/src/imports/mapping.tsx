import { Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SimpleTable } from '../ui/simple-table.tsx';

interface MappingProps {
  /** As the columns are named in the file. */
  readonly found: readonly string[];
  /** As they are to be named. */
  readonly names: readonly string[];
  readonly onChange: (names: readonly string[]) => void;
}

/** What each column of a file means. Which meanings there are says the API, of any name that it does not know. */
export const Mapping = ({ found, names, onChange }: MappingProps) => {
  const { t } = useTranslation('imports');
  const rows = found.map((column, index) => ({
    key: `${index} ${column}`,
    cells: [
      column,
      <TextInput
        key="meaning"
        size="xs"
        aria-label={t('meaningOf', { column })}
        value={names[index] ?? ''}
        onChange={({ currentTarget: { value } }) => {
          onChange(names.with(index, value));
        }}
      />,
    ],
  }));
  return (
    <>
      <Text size="sm">{t('mappingHelp')}</Text>
      <SimpleTable caption={t('mapping')} head={[t('column'), t('meaning')]} rows={rows} />
    </>
  );
};
