import { List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import type { Forecast } from '../../api/types.ts';
import { useDuration } from './duration.ts';
import { endOf } from './forecast-panel.tsx';
import type { WantedStart } from './use-start.ts';

interface ConfirmationProps {
  readonly forecast: Forecast;
  readonly start: WantedStart;
}

/** What is about to happen, in numbers. */
export const Confirmation = ({ forecast, start }: ConfirmationProps) => {
  const { t } = useTranslation('wizard');
  const { count, dateTime } = useFormat();
  const durationOf = useDuration();
  const { planned, excluded, durationSeconds, speed, warnings } = forecast;
  const left = Object.values(excluded).reduce((sum, number) => sum + number, 0);
  const end = endOf(start, durationSeconds);
  return (
    <Stack gap="xs">
      <Text fw={600}>{t('count.planned', { count: planned, number: count(planned) })}</Text>
      <List size="sm">
        <List.Item>
          {start.isNow
            ? t('activate.now')
            : t('activate.at', { local: start.local.replace('T', ' '), zone: start.zone })}
        </List.Item>
        <List.Item>
          {t('activate.speed', { count: speed, duration: durationOf(durationSeconds) })}
        </List.Item>
        {end === undefined ? null : (
          <List.Item>{t('activate.end', { at: dateTime(end) })}</List.Item>
        )}
        {left === 0 ? null : (
          <List.Item>{t('activate.left', { count: left, number: count(left) })}</List.Item>
        )}
        {warnings.map(({ path, code, message }) => (
          <List.Item key={`${path} ${code}`}>{message}</List.Item>
        ))}
      </List>
    </Stack>
  );
};
