import { Alert, Anchor, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { problemOf, type Fault } from '../../api/problem.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import type { Place } from './content.ts';

interface MessageFaultsProps {
  readonly error: unknown;
  readonly onPlace: (place: Place) => void;
}

const placeOf = ({ path }: Fault): Place => /^channels\.([a-z0-9_-]+)/.exec(path)?.[1];

/** Why the message is not saved yet: all that is wrong, each leading to the tab where it is mended. */
export const MessageFaults = ({ error, onPlace }: MessageFaultsProps) => {
  const { t } = useTranslation('wizard');
  if (error === undefined) return null;
  const faults = problemOf(error)?.errors ?? [];
  if (faults.length === 0) return <ProblemAlert error={error} />;
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('faults.title')}>
      <List size="sm" className="wizard-text">
        {faults.map((fault) => (
          <List.Item key={`${fault.path} ${fault.message}`}>
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => {
                onPlace(placeOf(fault));
              }}
            >
              {fault.path}
            </Anchor>{' '}
            <Text span size="sm">
              {fault.message}
            </Text>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
};
