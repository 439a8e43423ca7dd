import { Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Step } from './steps.ts';

/** Names the step, and takes the focus when another step is turned to. */
export const StepHeading = ({ step }: { readonly step: Step }) => {
  const { t } = useTranslation('wizard');
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current !== step) heading.current?.focus();
    shown.current = step;
  }, [step]);
  return (
    <Title order={2} size="h4" ref={heading} tabIndex={-1}>
      {t(`step.${step}`)}
    </Title>
  );
};
