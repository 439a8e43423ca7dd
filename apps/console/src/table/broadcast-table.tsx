import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BroadcastRow } from '../api/types.ts';
import { BroadcastLink } from '../broadcasts/broadcast-link.tsx';
import { useFormat } from '../i18n/format.ts';
import { StatusBadge } from '../ui/status-badge.tsx';

const COUNTS = [
  'planned',
  'sent',
  'failed',
  'delivered',
  'opened',
  'clickedBuy',
  'clickedLink',
  'clickedMessage',
  'orders',
  'sales',
] as const;

const Count = ({ value }: { readonly value: number | null }) => {
  const { t } = useTranslation();
  const { count } = useFormat();
  if (value !== null) return count(value);
  return (
    <Text span size="xs" c="dimmed" title={t('notReportedWhy')}>
      {t('notReported')}
    </Text>
  );
};

const Row = ({ row }: { readonly row: BroadcastRow }) => {
  const { dateTime } = useFormat();
  const moment = row.startedAt ?? row.sendAt;
  return (
    <Table.Tr>
      <Table.Td>
        <BroadcastLink {...row} />
      </Table.Td>
      <Table.Td>
        <StatusBadge status={row.status} />
      </Table.Td>
      <Table.Td>{moment === null ? '' : dateTime(moment)}</Table.Td>
      {COUNTS.map((name) => (
        <Table.Td key={name} ta="end">
          <Count value={row[name]} />
        </Table.Td>
      ))}
    </Table.Tr>
  );
};

/** Rows as they are: one for each broadcast, with what was counted. */
export const BroadcastTable = ({ rows }: { readonly rows: readonly BroadcastRow[] }) => {
  const { t } = useTranslation('table');
  return (
    <Table.ScrollContainer minWidth={1_100}>
      <Table verticalSpacing="sm" highlightOnHover aria-label={t('title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('columns.name')}</Table.Th>
            <Table.Th>{t('columns.status')}</Table.Th>
            <Table.Th>{t('columns.sendAt')}</Table.Th>
            {COUNTS.map((name) => (
              <Table.Th key={name} ta="end">
                {t(`columns.${name}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
};
