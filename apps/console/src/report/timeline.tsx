import { Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { BroadcastReport } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { SimpleTable } from '../ui/simple-table.tsx';

const TimelineChart = lazy(async () => ({
  default: (await import('./timeline-chart.tsx')).TimelineChart,
}));

const COLUMNS = ['sent', 'failed', 'skipped', 'unconfirmed', 'clicks'] as const;

/** A broadcast over time: as a picture, and as numbers. */
export const Timeline = ({ report: { timeline } }: { readonly report: BroadcastReport }) => {
  const { t } = useTranslation('report');
  const { count, dateTime } = useFormat();
  if (timeline.length === 0) return <Text size="sm">{t('nothingYet')}</Text>;
  const rows = timeline.map((minute) => ({
    key: minute.minute,
    cells: [dateTime(minute.minute), ...COLUMNS.map((name) => count(minute[name]))],
  }));
  const head = [t('minute'), ...COLUMNS.map((name) => t(name))];
  return (
    <>
      <Suspense>
        <TimelineChart timeline={timeline} />
      </Suspense>
      <details>
        <summary>{t('asTable')}</summary>
        <SimpleTable caption={t('timeline')} head={head} rows={rows} numbers={COLUMNS.length} />
      </details>
    </>
  );
};
