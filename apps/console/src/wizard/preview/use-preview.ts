import { keepPreviousData } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../../api/client.ts';
import { useDraft, useDraftState } from '../draft/draft-context.ts';

/** The message as it is saved, as this person would see it; null: as somebody of whom nothing is known. */
export const usePreview = (contactId: string | null) => {
  const { id } = useDraft();
  const { revision } = useDraftState();
  const query = contactId === null ? {} : { contactId };
  const question = api.useQuery(
    'get',
    '/v1/broadcasts/{id}/preview',
    { params: { path: { id }, query } },
    { placeholderData: keepPreviousData },
  );
  const { refetch } = question;
  useEffect(() => {
    void refetch();
  }, [refetch, revision]);
  return question;
};
