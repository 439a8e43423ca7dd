import { keepPreviousData } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { api } from '../../api/client.ts';
import type { Audience } from '../../api/types.ts';

const PAUSE_MS = 350;
const AGAIN_MS = 5_000;

/** How many an audience has at this moment, a little after it was changed, and again while contacts come and go. */
export const useCount = (broadcastId: string, audience: Audience) => {
  const [asked] = useDebouncedValue(audience, PAUSE_MS);
  const question = api.useQuery(
    'post',
    '/v1/audience/count',
    { body: { ...asked, broadcastId } },
    { placeholderData: keepPreviousData, refetchInterval: AGAIN_MS },
  );
  return { ...question, isStale: asked !== audience || question.isPlaceholderData };
};
