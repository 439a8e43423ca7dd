import { Fieldset, Slider, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePart } from '../draft/draft-context.ts';
import { FaultOfWhole, FaultsContext } from '../ui/faults.tsx';
import { useDuration } from './duration.ts';
import { useForecast } from './use-forecast.ts';

/** The ceiling of a deployment that did not raise it; the API refuses what is above its own. */
const USUAL_CEILING = 25;

/** What a speed means: how long it takes, and how many may come to a site at once. */
const Meaning = ({ speed }: { readonly speed: number }) => {
  const { t } = useTranslation('wizard');
  const durationOf = useDuration();
  const { data } = useForecast();
  const isCounted = data !== undefined && data.durationSeconds > 0;
  // Bots may be slower than the broadcast may be; what was foretold says how much of the speed they use.
  const used = isCounted
    ? Math.min(
        speed,
        data.perBot.reduce((sum, { share }) => sum + share, 0),
      )
    : 0;
  const messages = data?.perBot.reduce((sum, { count, parts }) => sum + count * parts, 0) ?? 0;
  const seconds = data?.speed === speed ? data.durationSeconds : messages / Math.max(used, 1);
  return (
    <>
      {isCounted ? (
        <Text size="sm">{t('speed.time', { duration: durationOf(seconds) })}</Text>
      ) : null}
      <Text size="sm" c="dimmed">
        {t('speed.load', { count: speed })}
      </Text>
    </>
  );
};

/** Messages per second, for all bots together. */
export const SpeedField = () => {
  const { t } = useTranslation('wizard');
  const { value, error, change } = usePart('settings');
  const most = Math.max(USUAL_CEILING, value.speed);
  return (
    <FaultsContext value={error}>
      <Fieldset legend={t('speed.title')}>
        <Stack gap="xs">
          <Text fw={600} aria-hidden>
            {t('speed.value', { count: value.speed })}
          </Text>
          <Slider
            thumbLabel={t('speed.title')}
            label={null}
            min={1}
            max={most}
            value={value.speed}
            marks={[
              { value: 1, label: '1' },
              { value: most, label: String(most) },
            ]}
            mb="lg"
            onChange={(speed) => {
              change({ ...value, speed });
            }}
          />
          <FaultOfWhole paths={['speed']} />
          <Meaning speed={value.speed} />
        </Stack>
      </Fieldset>
    </FaultsContext>
  );
};
