import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useFormat } from '../../i18n/format.ts';
import { useDraft, useDraftState } from './draft-context.ts';

const useLastChange = (id: string, isAsked: boolean) => {
  const params = { path: { id } };
  const { data } = api.useQuery(
    'get',
    '/v1/broadcasts/{id}/history',
    { params },
    { enabled: isAsked },
  );
  return data?.items.reduce((last, one) => (one.revision > last.revision ? one : last));
};

/** Somebody else changed the same part: whose is to stay. Nothing is saved until a person says so. */
export const ConflictAlert = () => {
  const { t } = useTranslation('wizard');
  const { dateTime } = useFormat();
  const draft = useDraft();
  const { theirs, unsaved } = useDraftState();
  const isContested = theirs !== undefined;
  const last = useLastChange(draft.id, isContested);
  const alert = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What was being edited takes nothing more until a person has chosen.
    if (isContested) alert.current?.focus();
  }, [isContested]);
  if (!theirs) return null;
  const parts = unsaved.map((part) => t(`part.${part}`)).join(', ');
  return (
    <Alert
      ref={alert}
      tabIndex={-1}
      role="alert"
      color="orange"
      icon={<IconUsers aria-hidden />}
      title={t('conflict.title')}
    >
      <Stack gap="sm">
        <Text size="sm">
          {last
            ? t('conflict.by', { actor: last.actor, at: dateTime(last.at), parts })
            : t('conflict.text', { parts })}
        </Text>
        <Group>
          <Button
            variant="default"
            onClick={() => {
              draft.takeTheirs();
            }}
          >
            {t('conflict.theirs')}
          </Button>
          <Button
            color="orange"
            onClick={() => {
              draft.overwrite();
            }}
          >
            {t('conflict.mine')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
};
