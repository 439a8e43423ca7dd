import './broadcast-table.css';
import { Table } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../acts/use-act.tsx';
import type { BroadcastRow } from '../api/types.ts';
import type { ColumnName } from './columns.ts';
import { TableHead } from './table-head.tsx';
import { TableRow } from './table-row.tsx';
import { Totals } from './totals.tsx';
import { useVisibleRows } from './use-visible-rows.ts';

interface BroadcastTableProps {
  readonly rows: readonly BroadcastRow[];
  readonly columns: readonly ColumnName[];
  readonly sort: string;
  readonly onSort: (sort: string) => void;
  readonly hasMore: boolean;
  readonly onMore: () => void;
}

const NONE: ReadonlySet<string> = new Set();

const toggledIn = (before: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const after = new Set(before);
  if (!after.delete(id)) after.add(id);
  return after;
};

const Space = ({ height }: { readonly height: number }) =>
  height > 0 ? <tr aria-hidden style={{ height }} /> : null;

/** One row for each broadcast, with what was counted; only those in view are drawn. */
export const BroadcastTable = ({
  rows,
  columns,
  hasMore,
  onMore,
  ...sorting
}: BroadcastTableProps) => {
  const { t } = useTranslation('table');
  const [selected, setSelected] = useState(NONE);
  const scroller = useRef<HTMLDivElement>(null);
  const { ask, dialog } = useAct(rows);
  const select = useCallback((id: string) => {
    setSelected((before) => toggledIn(before, id));
  }, []);
  const { indexes, abovePx, belowPx } = useVisibleRows(rows.length, scroller, onMore);
  const chosen = useMemo(() => rows.filter(({ id }) => selected.has(id)), [rows, selected]);
  return (
    <>
      <div
        ref={scroller}
        className="broadcast-table"
        role="region"
        aria-label={t('title')}
        tabIndex={0}
      >
        <Table aria-label={t('title')} aria-rowcount={hasMore ? -1 : rows.length + 1}>
          <TableHead columns={columns} {...sorting} />
          <Table.Tbody>
            <Space height={abovePx} />
            {indexes.map((index) => {
              const row = rows[index];
              return row ? (
                <TableRow
                  key={row.id}
                  row={row}
                  columns={columns}
                  position={index + 2}
                  isSelected={selected.has(row.id)}
                  onSelect={select}
                  onAct={ask}
                />
              ) : null;
            })}
            <Space height={belowPx} />
          </Table.Tbody>
          <Totals rows={chosen} columns={columns} />
        </Table>
      </div>
      {dialog}
    </>
  );
};
