import { Card, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import type { BroadcastRow } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { COUNTS, type CountName } from '../table/columns.ts';
import { Count } from '../ui/count.tsx';

/** Counts of people, whose share of those it was sent to says something. */
const OF_SENT: readonly CountName[] = ['delivered', 'opened'];
const OF_PLANNED: readonly CountName[] = ['sent', 'failed', 'skipped', 'unconfirmed', 'waiting'];

const wholeOf = (name: CountName, row: BroadcastRow): number => {
  if (OF_SENT.includes(name)) return row.sent;
  return OF_PLANNED.includes(name) ? row.planned : 0;
};

/** The channels of a broadcast that never tell of this. */
const useSilent = (row: BroadcastRow) => {
  const { data } = api.useQuery('get', '/v1/channels');
  return (name: CountName): readonly string[] => {
    if (name !== 'delivered' && name !== 'opened') return [];
    const silent = data?.items.filter(({ capabilities }) => !capabilities.reports[name]) ?? [];
    return silent.map(({ channel }) => channel).filter((one) => row.channels.includes(one));
  };
};

/** Every count with what it means, and which channels do not report it. */
export const Counts = ({ row }: { readonly row: BroadcastRow }) => {
  const { t } = useTranslation(['report', 'table']);
  const { share } = useFormat();
  const silentFor = useSilent(row);
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="sm">
      {COUNTS.map((name) => {
        const [value, whole, silent] = [row[name], wholeOf(name, row), silentFor(name)];
        return (
          <Card key={name} withBorder padding="sm">
            <Text size="sm" fw={500}>
              {t(`table:columns.${name}`)}
            </Text>
            <Text size="xl" fw={650}>
              <Count value={value} />{' '}
              {value === null || whole === 0 ? null : (
                <Text span size="sm" c="dimmed">
                  {share(value / whole)}
                </Text>
              )}
            </Text>
            <Text size="xs" c="dimmed">
              {t(`report:means.${name}`)}
              {silent.length === 0 ? '' : ` ${t('report:silent', { channels: silent.join(', ') })}`}
            </Text>
          </Card>
        );
      })}
    </SimpleGrid>
  );
};
