import { Fieldset, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ReachDetails } from '../audience/live-count.tsx';
import { Warnings } from '../message/warnings.tsx';
import { useDuration } from './duration.ts';
import { useForecast } from './use-forecast.ts';
import type { WantedStart } from './use-start.ts';
import { wallTime } from './wall-time.ts';

const SECOND_MS = 1_000;

/** When the last message leaves, of a start as it is wanted. */
export const endOf = (start: WantedStart, durationSeconds: number): string | undefined => {
  const from = start.isNow ? new Date().toISOString() : wallTime(start.local, start.zone)?.instant;
  if (from === undefined) return undefined;
  return new Date(Date.parse(from) + durationSeconds * SECOND_MS).toISOString();
};

/** What would come of it: how many, until when, who is left out, and what to think of before. */
export const ForecastPanel = ({ start }: { readonly start: WantedStart }) => {
  const { t } = useTranslation('wizard');
  const { count, dateTime } = useFormat();
  const durationOf = useDuration();
  const { data, error } = useForecast();
  if (!data) return <ProblemAlert error={error} />;
  const end = endOf(start, data.durationSeconds);
  return (
    <Fieldset legend={t('forecast.title')}>
      <Stack gap="xs">
        <Text fw={600}>
          {t('count.planned', { count: data.planned, number: count(data.planned) })}
        </Text>
        <Text size="sm">{t('forecast.parts', { count: data.parts })}</Text>
        {end === undefined || data.durationSeconds === 0 ? null : (
          <Text size="sm">
            {t('forecast.end', { at: dateTime(end), duration: durationOf(data.durationSeconds) })}
          </Text>
        )}
        <ReachDetails {...data} />
        <Warnings warnings={data.warnings} />
      </Stack>
    </Fieldset>
  );
};
