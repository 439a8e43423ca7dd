import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answered } from '../../api/answered.ts';
import { useDraft, useDraftState } from './draft-context.ts';

type Asked<Data> = Promise<{ readonly data?: Data; readonly error?: unknown }>;

/** What the API says of the draft as it is saved: asked once for each revision, and for what else the answer depends on. */
export const useOfSaved = <Data>(
  what: readonly (string | null)[],
  ask: (id: string) => Asked<Data>,
) => {
  const { id } = useDraft();
  const { revision } = useDraftState();
  return useQuery({
    queryKey: ['saved', id, revision, ...what],
    queryFn: () => answered(ask(id)),
    placeholderData: keepPreviousData,
  });
};
