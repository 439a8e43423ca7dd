import { Button, Container, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { tokenKeeper } from '../api/token-keeper.ts';
import { LoadingPage } from '../layout/loading-page.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { MeContext } from './me.ts';

const SignInPage = lazy(async () => ({ default: (await import('./sign-in-page.tsx')).SignInPage }));

interface SessionProps {
  readonly children: ReactNode;
}

const SignedIn = ({ children }: SessionProps) => {
  const { t } = useTranslation();
  const { data, error, refetch } = api.useQuery('get', '/v1/me', {}, { staleTime: Infinity });
  if (data) return <MeContext value={data}>{children}</MeContext>;
  if (!error) return <LoadingPage />;
  return (
    <Container size="xs" py="xl">
      <Stack>
        <ProblemAlert error={error} />
        <Button onClick={() => void refetch()}>{t('tryAgain')}</Button>
      </Stack>
    </Container>
  );
};

/** Shows the console to whoever is signed in, and the way in to everybody else, at whatever address they came. */
export const Session = ({ children }: SessionProps) => {
  const token = useSyncExternalStore(tokenKeeper.subscribe, tokenKeeper.get);
  const queries = useQueryClient();
  // What one token was told is not for the next one.
  useEffect(
    () => () => {
      queries.clear();
    },
    [token, queries],
  );
  if (token !== null) return <SignedIn key={token}>{children}</SignedIn>;
  return (
    <Suspense fallback={<LoadingPage />}>
      <SignInPage />
    </Suspense>
  );
};
