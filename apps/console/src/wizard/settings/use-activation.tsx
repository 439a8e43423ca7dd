import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client.ts';
import { useDraft } from '../draft/draft-context.ts';
import { Confirmation } from './confirmation.tsx';
import { startOf, type WantedStart } from './use-start.ts';

type Activated = NonNullable<Awaited<ReturnType<typeof activate>>['data']>;

const activate = (id: string, revision: number, start: WantedStart) =>
  client.POST('/v1/broadcasts/{id}/activate', {
    params: { path: { id }, header: { 'If-Match': `"${revision}"` } },
    body: { start: startOf(start) },
  });

/** "Save and activate sending": saves, asks with numbers, and leads to the report. */
export const useActivation = (start: WantedStart) => {
  const { t } = useTranslation('wizard');
  const draft = useDraft();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>();
  const [isPending, setIsPending] = useState(false);
  const leave = async ({ start: taken }: Activated): Promise<void> => {
    localStorage.removeItem(`crier.start.${draft.id}`);
    const moved = taken.mode === 'at' ? taken.movedTo : undefined;
    if (moved !== undefined)
      notifications.show({
        message: t('start.moved', { at: moved.replace('T', ' ') }),
        autoClose: false,
      });
    await queries.invalidateQueries({ queryKey: ['get', '/v1/broadcasts'] });
    await navigate({ to: '/broadcasts/$broadcastId', params: { broadcastId: draft.id } });
  };
  const confirm = async (): Promise<void> => {
    setIsPending(true);
    const answer = await activate(draft.id, draft.get().revision, start).catch(
      (failure: unknown) => ({ error: failure, data: undefined }),
    );
    setIsPending(false);
    setError(answer.error);
    if (answer.data) await leave(answer.data);
  };
  const ask = async (): Promise<void> => {
    setError(undefined);
    setIsPending(true);
    await draft.flush();
    const { data, error: refused } = await client
      .GET('/v1/broadcasts/{id}/forecast', { params: { path: { id: draft.id } } })
      .catch((failure: unknown) => ({ error: failure, data: undefined }));
    setIsPending(false);
    setError(refused);
    if (!data || draft.get().unsaved.length > 0) return;
    modals.openConfirmModal({
      title: t('activate.title'),
      children: <Confirmation forecast={data} start={start} />,
      labels: { confirm: t('activate.confirm'), cancel: t('cancel') },
      onConfirm: () => void confirm(),
    });
  };
  return { ask: () => void ask(), error, isPending };
};
