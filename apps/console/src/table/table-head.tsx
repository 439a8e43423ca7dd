import { Table, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { cellClass, isSortable, type ColumnName } from './columns.ts';

interface TableHeadProps {
  readonly columns: readonly ColumnName[];
  readonly sort: string;
  readonly onSort: (sort: string) => void;
}

const DIRECTION = { up: 'ascending', down: 'descending', none: 'none' } as const;
type Way = keyof typeof DIRECTION;

const wayOf = (column: ColumnName, sort: string): Way => {
  if (sort === column) return 'up';
  return sort === `-${column}` ? 'down' : 'none';
};

/** Numbers and moments are wanted with the largest first; names from A. */
const nextSort = (column: ColumnName, way: Way): string => {
  if (way === 'none') return column === 'name' || column === 'status' ? column : `-${column}`;
  return way === 'up' ? `-${column}` : column;
};

const Heading = ({
  column,
  sort,
  onSort,
}: Omit<TableHeadProps, 'columns'> & { readonly column: ColumnName }) => {
  const { t } = useTranslation('table');
  const way = wayOf(column, sort);
  const label = t(`columns.${column}`);
  const className = cellClass(column);
  if (!isSortable(column)) return <Table.Th className={className}>{label}</Table.Th>;
  const Arrow = way === 'up' ? IconArrowUp : IconArrowDown;
  return (
    <Table.Th className={className} aria-sort={DIRECTION[way]}>
      <UnstyledButton
        fz="inherit"
        fw="inherit"
        onClick={() => {
          onSort(nextSort(column, way));
        }}
      >
        {label}
        {way === 'none' ? null : <Arrow size={14} aria-hidden />}
      </UnstyledButton>
    </Table.Th>
  );
};

/** The names of the columns, which sort by them. */
export const TableHead = ({ columns, ...sorting }: TableHeadProps) => {
  const { t } = useTranslation('table');
  return (
    <Table.Thead>
      <Table.Tr aria-rowindex={1}>
        <Table.Th className="select-cell">
          <VisuallyHidden>{t('selection')}</VisuallyHidden>
        </Table.Th>
        {columns.map((column) => (
          <Heading key={column} column={column} {...sorting} />
        ))}
        <Table.Th className="act-cell">
          <VisuallyHidden>{t('actions')}</VisuallyHidden>
        </Table.Th>
      </Table.Tr>
    </Table.Thead>
  );
};
