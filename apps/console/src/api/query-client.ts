import { QueryClient } from '@tanstack/react-query';
import { problemOf } from './problem.ts';

const TRIES = 3;
const FRESH_MS = 5_000;

/** A refusal stays one; only what passes (no network, a part that is away) is tried again. */
const isPassing = (error: unknown): boolean => {
  const status = problemOf(error)?.status ?? 503;
  return status >= 500 || status === 429;
};

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (count, error) => count < TRIES && isPassing(error),
      },
    },
  });
