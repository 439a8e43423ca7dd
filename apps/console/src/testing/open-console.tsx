import { createMemoryHistory } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { vi } from 'vitest';
import { createQueryClient } from '../api/query-client.ts';
import { tokenKeeper } from '../api/token-keeper.ts';
import type { Role } from '../api/types.ts';
import { App } from '../app.tsx';
import { startTexts } from '../i18n/texts.ts';
import { createConsoleRouter } from '../router.ts';
import { ScriptedApi } from './scripted-api.ts';

interface Options {
  /** Below `/console`. @default /broadcasts */
  readonly at?: string;
  /** Who is signed in. @default operator */
  readonly as?: Role | 'nobody';
  readonly language?: string;
  readonly api?: ScriptedApi;
}

/** The whole console in a browser that is none, at one address, over a scripted API. */
export const openConsole = async ({
  at = '/broadcasts',
  as = 'operator',
  language = 'en',
  api = new ScriptedApi(),
}: Options = {}) => {
  vi.stubGlobal('fetch', api.fetch);
  if (as !== 'nobody') {
    api.on('GET /v1/me', () => ({ name: `the ${as}`, role: as }));
    tokenKeeper.keep('a-token', { remembered: false });
  }
  await startTexts(language);
  const router = createConsoleRouter(createMemoryHistory({ initialEntries: [`/console${at}`] }));
  const queries = createQueryClient();
  const view = render(<App router={router} queries={queries} env="test" />);
  return { api, router, view, user: userEvent.setup() };
};
