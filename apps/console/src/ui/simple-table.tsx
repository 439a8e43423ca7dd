import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface SimpleRow {
  readonly key: string;
  /** The first names the row. */
  readonly cells: readonly ReactNode[];
}

interface SimpleTableProps {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly SimpleRow[];
  /** How many columns at the end are numbers. */
  readonly numbers?: number;
}

/** A small table as it is, with its name. Says so where there is nothing in it. */
export const SimpleTable = ({ caption, head, rows, numbers = 0 }: SimpleTableProps) => {
  const { t } = useTranslation();
  if (rows.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('nothing')}
      </Text>
    );
  const align = (index: number) => (index >= head.length - numbers ? 'end' : 'start');
  return (
    <div role="region" aria-label={caption} tabIndex={0} className="scrolls-sideways">
      <Table aria-label={caption} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            {head.map((name, index) => (
              <Table.Th key={name} ta={align(index)}>
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ key, cells: [first, ...others] }) => (
            <Table.Tr key={key}>
              <Table.Th scope="row" fw={500} dir="auto" className="wraps">
                {first}
              </Table.Th>
              {others.map((cell, index) => (
                <Table.Td key={head[index + 1]} ta={align(index + 1)} dir="auto" className="wraps">
                  {cell}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
};
