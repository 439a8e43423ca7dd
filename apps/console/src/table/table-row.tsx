import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { ActMenu } from '../acts/act-menu.tsx';
import type { Act } from '../acts/acts.ts';
import type { BroadcastRow } from '../api/types.ts';
import { BroadcastLink } from '../broadcasts/broadcast-link.tsx';
import { StatusLine } from '../broadcasts/status-line.tsx';
import { useFormat } from '../i18n/format.ts';
import { useMe } from '../session/me.ts';
import { cellClass, isCount, type ColumnName } from './columns.ts';

type Cell = Exclude<ColumnName, 'name'>;

/** What stands in the cells of a row. Asked for once a row: with many rows, every hook of every cell counts. */
const useCells = (row: BroadcastRow) => {
  const { t } = useTranslation();
  const { count, dateTime } = useFormat();
  const moment = (instant: string | null) =>
    instant === null ? null : <time dateTime={instant}>{dateTime(instant)}</time>;
  const counted = (value: number | null) =>
    value === null ? (
      <span className="not-reported" title={t('notReportedWhy')}>
        {t('notReported')}
      </span>
    ) : (
      count(value)
    );
  return (column: Cell) => {
    if (isCount(column)) return counted(row[column]);
    if (column === 'status') return <StatusLine row={row} />;
    if (column === 'channels') return row.channels.join(', ');
    return moment(column === 'sendAt' ? (row.startedAt ?? row.sendAt) : row.createdAt);
  };
};

interface TableRowProps {
  readonly row: BroadcastRow;
  readonly columns: readonly ColumnName[];
  /** Its place in the whole table, the heading being the first. */
  readonly position: number;
  readonly isSelected: boolean;
  readonly onSelect: (id: string) => void;
  readonly onAct: (act: Act, row: BroadcastRow) => void;
}

const SPOKEN = 80;

/** One broadcast, in plain elements, since there are many. Drawn again only where its own row is another. */
export const TableRow = memo(
  ({ row, columns, position, isSelected, onSelect, onAct }: TableRowProps) => {
    const { t } = useTranslation('table');
    const { may } = useMe();
    const cell = useCells(row);
    return (
      <tr aria-rowindex={position} className="broadcast-row">
        <td className="select-cell">
          <input
            type="checkbox"
            checked={isSelected}
            aria-label={t('select', { name: row.name.slice(0, SPOKEN) })}
            onChange={() => {
              onSelect(row.id);
            }}
          />
        </td>
        {columns.map((column) =>
          column === 'name' ? (
            <th key={column} scope="row" className={cellClass(column)} dir="auto">
              <BroadcastLink {...row} />
            </th>
          ) : (
            <td key={column} className={cellClass(column)}>
              {cell(column)}
            </td>
          ),
        )}
        <td className="act-cell">{may('operator') ? <ActMenu row={row} onAct={onAct} /> : null}</td>
      </tr>
    );
  },
);
TableRow.displayName = 'TableRow';
