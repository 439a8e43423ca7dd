import { Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../ui/links.tsx';
import { useDraft } from './draft/draft-context.ts';
import { STEPS, type Step } from './steps.ts';

/** A link to a step; what is not saved yet is saved on the way. */
const useStepLink = () => {
  const draft = useDraft();
  return (step: Step) => ({
    to: '/broadcasts/$broadcastId/edit' as const,
    params: { broadcastId: draft.id },
    search: { step },
    resetScroll: true,
    onClick: () => void draft.flush(),
  });
};

/** The steps, and which of them is open. */
export const StepLinks = ({ step }: { readonly step: Step }) => {
  const { t } = useTranslation('wizard');
  const linkTo = useStepLink();
  return (
    <Group component="nav" aria-label={t('steps')} gap="xs">
      {STEPS.map((one, index) => (
        <ButtonLink
          key={one}
          {...linkTo(one)}
          size="sm"
          variant={one === step ? 'filled' : 'default'}
          aria-current={one === step ? 'step' : undefined}
        >
          {`${index + 1}. ${t(`step.${one}`)}`}
        </ButtonLink>
      ))}
    </Group>
  );
};

/** Back and on. */
export const StepTurns = ({ step }: { readonly step: Step }) => {
  const { t } = useTranslation('wizard');
  const linkTo = useStepLink();
  const at = STEPS.indexOf(step);
  const before = STEPS[at - 1];
  const after = STEPS[at + 1];
  return (
    <Group justify="space-between" mt="md">
      {before ? (
        <ButtonLink
          {...linkTo(before)}
          variant="default"
          leftSection={<IconChevronLeft size={16} aria-hidden />}
        >
          {t(`step.${before}`)}
        </ButtonLink>
      ) : (
        <span />
      )}
      {after ? (
        <ButtonLink {...linkTo(after)} rightSection={<IconChevronRight size={16} aria-hidden />}>
          {t(`step.${after}`)}
        </ButtonLink>
      ) : null}
    </Group>
  );
};
