import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../api/client.ts';
import { useMe } from '../session/me.ts';
import { tellProblem } from '../ui/tell-problem.tsx';
import { ROWS } from './row-pages.ts';

/** Drafts a broadcast and opens it in the wizard. Not there for whoever may not. */
export const NewBroadcast = ({ children }: { readonly children: string }) => {
  const { may } = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { mutate, isPending } = api.useMutation('post', '/v1/broadcasts', {
    onError: tellProblem,
    onSuccess: async ({ id }) => {
      void queries.invalidateQueries({ queryKey: ROWS });
      await navigate({ to: '/broadcasts/$broadcastId/edit', params: { broadcastId: id } });
    },
  });
  if (!may('operator')) return null;
  return (
    <Button
      leftSection={<IconPlus size={18} aria-hidden />}
      loading={isPending}
      onClick={() => {
        mutate({});
      }}
    >
      {children}
    </Button>
  );
};
