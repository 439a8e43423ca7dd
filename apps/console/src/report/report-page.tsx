import { Stack } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { api } from '../api/client.ts';
import { LoadingPage } from '../layout/loading-page.tsx';
import { StatusLine } from '../broadcasts/status-line.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';

const route = getRouteApi('/broadcasts/$broadcastId');

/** Everything about one broadcast. */
export const ReportPage = () => {
  const { broadcastId: id } = route.useParams();
  const { data, error } = api.useQuery('get', '/v1/broadcasts/{id}', { params: { path: { id } } });
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <LoadingPage />;
  return (
    <Stack>
      <PageTitle>{data.name}</PageTitle>
      <StatusLine row={data} />
    </Stack>
  );
};
