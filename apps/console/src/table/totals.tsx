import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BroadcastRow } from '../api/types.ts';
import { Count } from '../ui/count.tsx';
import { isCount, totalOf, type ColumnName } from './columns.ts';

interface TotalsProps {
  readonly rows: readonly BroadcastRow[];
  readonly columns: readonly ColumnName[];
}

/** Sums over the rows that were selected; nothing where none is. */
export const Totals = ({ rows, columns }: TotalsProps) => {
  const { t } = useTranslation('table');
  if (rows.length === 0) return null;
  return (
    <Table.Tfoot>
      <Table.Tr>
        <Table.Td />
        {columns.map((column) =>
          column === 'name' ? (
            <Table.Th key={column} scope="row" className="name-cell">
              {t('totals', { count: rows.length })}
            </Table.Th>
          ) : (
            <Table.Td key={column} className="count-cell">
              {isCount(column) ? <Count value={totalOf(rows, column)} /> : null}
            </Table.Td>
          ),
        )}
        <Table.Td />
      </Table.Tr>
    </Table.Tfoot>
  );
};
