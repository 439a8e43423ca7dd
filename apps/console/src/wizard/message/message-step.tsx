import { Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useDraftState, usePart } from '../draft/draft-context.ts';
import type { MessageContent } from '../../api/types.ts';
import { PreviewPanel } from '../preview/preview-panel.tsx';
import { FaultsContext } from '../ui/faults.tsx';
import { ChannelTabs, tabNames } from './channel-tabs.tsx';
import { hasBlanks, type Place } from './content.ts';
import { ExportDialog } from './export-dialog.tsx';
import { useKnownChannels } from './known-channels.ts';
import { MessageFaults } from './message-faults.tsx';
import { NameField } from './name-field.tsx';
import { SectionEditor } from './section-editor.tsx';
import { SyncSwitch } from './sync-switch.tsx';
import { UtmFields } from './utm-fields.tsx';
import { Warnings } from './warnings.tsx';

/** The tab that is open; one that is not there any more gives way to the first. */
const usePlace = (content: MessageContent, names: readonly string[]) => {
  const [wanted, setPlace] = useState<Place>();
  const isThere = wanted === undefined ? content.synchronised : names.includes(wanted);
  const place = isThere ? wanted : content.synchronised ? undefined : names[0];
  return [place, setPlace] as const;
};

/** Step 1: what people get, on each channel. */
export const MessageStep = () => {
  const { value: content, error, change } = usePart('message');
  const { warnings } = useDraftState();
  const channels = useKnownChannels();
  const [place, setPlace] = usePlace(content, tabNames(content, channels));
  const compose = (next: MessageContent): void => {
    change(next, { unfinished: hasBlanks(next) });
  };
  const names = tabNames(content, channels);
  return (
    <FaultsContext value={error}>
      <div className="message-step">
        <Stack miw={0}>
          <NameField />
          <Group justify="space-between" align="start">
            <SyncSwitch content={content} place={place} channels={channels} onChange={compose} />
            <ExportDialog content={content} names={names} />
          </Group>
          <MessageFaults error={error} onPlace={setPlace} />
          <Warnings warnings={warnings} />
          <ChannelTabs content={content} channels={channels} place={place} onPlace={setPlace}>
            <SectionEditor content={content} place={place} channels={channels} onChange={compose} />
          </ChannelTabs>
          <UtmFields content={content} onChange={compose} />
        </Stack>
        <div className="preview-side">
          <PreviewPanel place={place} />
        </div>
      </div>
    </FaultsContext>
  );
};
