import './wizard.css';
import { getRouteApi } from '@tanstack/react-router';
import { api } from '../api/client.ts';
import { LoadingPage } from '../layout/loading-page.tsx';
import { useMe } from '../session/me.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { ClosedBroadcast } from './closed-broadcast.tsx';
import { Wizard } from './wizard.tsx';

const route = getRouteApi('/broadcasts/$broadcastId/edit');

/** What is edited here is not read again behind the writer's back: changes of others are met at the next save. */
const ONCE = { staleTime: Infinity, gcTime: 0, refetchOnMount: 'always' } as const;

/** The three steps of a draft: message, audience, settings. */
export const WizardPage = () => {
  const { broadcastId: id } = route.useParams();
  const { may } = useMe();
  const params = { path: { id } };
  const question = api.useQuery('get', '/v1/broadcasts/{id}', { params }, ONCE);
  const { data, error, isFetchedAfterMount, refetch } = question;
  if (error) return <ProblemAlert error={error} />;
  if (!data || !isFetchedAfterMount) return <LoadingPage />;
  if (data.status !== 'draft' || !may('operator')) return <ClosedBroadcast broadcast={data} />;
  return <Wizard key={id} broadcast={data} onClosed={() => void refetch()} />;
};
