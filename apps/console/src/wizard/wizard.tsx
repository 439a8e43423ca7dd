import { Group, Stack } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { problemOf } from '../api/problem.ts';
import { PageTitle } from '../ui/page-title.tsx';
import { AudienceStep } from './audience/audience-step.tsx';
import { ConflictAlert } from './draft/conflict-alert.tsx';
import { DraftContext, useDraftState } from './draft/draft-context.ts';
import { draftStoreOf, PARTS } from './draft/draft-parts.ts';
import { Draft } from './draft/draft.ts';
import { useSavedOnLeaving } from './draft/leaving.ts';
import { SavingState } from './draft/saving-state.tsx';
import { MessageStep } from './message/message-step.tsx';
import { SettingsStep } from './settings/settings-step.tsx';
import { StepHeading } from './step-heading.tsx';
import { StepLinks, StepTurns } from './step-links.tsx';
import type { Broadcast } from '../api/types.ts';

const route = getRouteApi('/broadcasts/$broadcastId/edit');

interface WizardProps {
  readonly broadcast: Broadcast;
  /** It turned out that the broadcast is no draft any more. */
  readonly onClosed: () => void;
}

const useClosing = (onClosed: () => void): void => {
  const { errors } = useDraftState();
  const isClosed = PARTS.some((part) => problemOf(errors[part])?.code === 'NOT_EDITABLE');
  useEffect(() => {
    if (isClosed) onClosed();
  }, [isClosed, onClosed]);
};

const Body = ({ onClosed }: Pick<WizardProps, 'onClosed'>) => {
  const { step = 'message' } = route.useSearch();
  const { parts, theirs } = useDraftState();
  useClosing(onClosed);
  return (
    <Stack>
      <Group justify="space-between">
        <PageTitle>{parts.name}</PageTitle>
        <SavingState />
      </Group>
      <StepLinks step={step} />
      <ConflictAlert />
      <Stack inert={theirs !== undefined}>
        <StepHeading step={step} />
        {step === 'message' ? <MessageStep /> : null}
        {step === 'audience' ? <AudienceStep /> : null}
        {step === 'settings' ? <SettingsStep /> : null}
        <StepTurns step={step} />
      </Stack>
    </Stack>
  );
};

/** The three steps over one draft, which saves itself. */
export const Wizard = ({ broadcast, onClosed }: WizardProps) => {
  const [draft] = useState(() => new Draft({ broadcast, store: draftStoreOf(broadcast.id) }));
  useSavedOnLeaving(draft);
  return (
    <DraftContext value={draft}>
      <Body onClosed={onClosed} />
    </DraftContext>
  );
};
