import { keepPreviousData } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../../api/client.ts';
import { useDraft, useDraftState } from '../draft/draft-context.ts';

/** What activating the draft now would do, as it is saved; asked again after each save. */
export const useForecast = () => {
  const { id } = useDraft();
  const { revision } = useDraftState();
  const question = api.useQuery(
    'get',
    '/v1/broadcasts/{id}/forecast',
    { params: { path: { id } } },
    { placeholderData: keepPreviousData },
  );
  const { refetch } = question;
  useEffect(() => {
    void refetch();
  }, [refetch, revision]);
  return question;
};
