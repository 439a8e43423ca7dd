import { Button, Group, Stack } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useDraftState } from '../draft/draft-context.ts';
import { PARTS } from '../draft/draft-parts.ts';
import { FaultsContext } from '../ui/faults.tsx';
import { ForecastPanel } from './forecast-panel.tsx';
import { SpeedField } from './speed-field.tsx';
import { StartField } from './start-field.tsx';
import { TestSend } from './test-send.tsx';
import { useActivation } from './use-activation.tsx';
import { useStart } from './use-start.ts';

const isAboutStart = (error: unknown): boolean =>
  problemOf(error)?.errors?.every(({ path }) => path.startsWith('start')) ?? false;

/** Why the draft as a whole is not saved, for it is activated as it is saved. */
const Unsaved = () => {
  const { errors } = useDraftState();
  return PARTS.filter((part) => part !== 'settings').map((part) => (
    <ProblemAlert key={part} error={errors[part]} />
  ));
};

/** Step 3: how fast, when, and what will come of it. */
export const SettingsStep = () => {
  const { t } = useTranslation('wizard');
  const [start, setStart] = useStart();
  const { ask, error, isPending } = useActivation(start);
  return (
    <FaultsContext value={error}>
      <Stack>
        <SpeedField />
        <StartField start={start} onChange={setStart} />
        <ForecastPanel start={start} />
        <TestSend />
        <Unsaved />
        {isAboutStart(error) ? null : <ProblemAlert error={error} />}
        <Group justify="end">
          <Button
            size="md"
            leftSection={<IconRocket size={18} aria-hidden />}
            loading={isPending}
            onClick={ask}
          >
            {t('activate.button')}
          </Button>
        </Group>
      </Stack>
    </FaultsContext>
  );
};
