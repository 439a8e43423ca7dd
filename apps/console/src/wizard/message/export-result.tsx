import { Alert, List, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Exported } from '../../api/types.ts';
import { channelName } from '../ui/channel-name.tsx';
import { isElementKind } from './element-kinds.ts';

/** What became of each element: copied, into what, or refused and why. */
export const ExportResult = ({ copied, refused }: Exported) => {
  const { t } = useTranslation('wizard');
  const kindOf = (kind: string): string => (isElementKind(kind) ? t(`element.kind.${kind}`) : kind);
  return (
    <Stack gap="sm" role="status">
      {copied.length === 0 ? null : (
        <Alert color="teal" title={t('export.copied')}>
          <List size="sm">
            {copied.map(({ to, element, as }) => (
              <List.Item key={`${to} ${element}`}>
                {t('export.as', {
                  place: element + 1,
                  channel: channelName(to),
                  kinds: as.map(kindOf).join(', '),
                })}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {refused.length === 0 ? null : (
        <Alert color="orange" title={t('export.refused')}>
          <List size="sm" className="wizard-text">
            {refused.map(({ to, element, errors }) => (
              <List.Item key={`${to} ${element}`}>
                {t('export.because', {
                  place: element + 1,
                  channel: channelName(to),
                  why: errors.map(({ message }) => message).join(' '),
                })}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </Stack>
  );
};
