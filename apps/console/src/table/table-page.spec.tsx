import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { broadcastRow } from '../testing/broadcasts.ts';
import { openConsole } from '../testing/open-console.tsx';
import { refusal, ScriptedApi } from '../testing/scripted-api.ts';

const ID = '01900000-0000-7000-8000-0000000000aa';
const listing = (...items: readonly object[]) =>
  new ScriptedApi().on('GET /v1/broadcasts', () => ({ items }));

describe('the table of broadcasts', () => {
  it('shows what was counted, and says where a channel does not report', async () => {
    await openConsole({ api: listing(broadcastRow({ sent: 12_345 })) });
    const table = await screen.findByRole('table', { name: 'Broadcasts' });
    expect(within(table).getByRole('link', { name: 'Spring sale' })).toBeVisible();
    expect(within(table).getByText('12,345')).toBeVisible();
    expect(within(table).getAllByText('not reported')).toHaveLength(2);
  });

  it('leads from nothing to the first broadcast: a draft, open in the wizard', async () => {
    const api = listing()
      .on('POST /v1/broadcasts', () => broadcastRow({ id: ID, status: 'draft' }))
      .on(`GET /v1/broadcasts/${ID}`, () => broadcastRow({ id: ID, name: 'New message' }));
    const { user, router } = await openConsole({ api });
    await user.click(await screen.findByRole('button', { name: 'Make the first broadcast' }));
    expect(await screen.findByRole('heading', { name: 'New message' })).toBeVisible();
    expect(router.state.location.pathname).toBe(`/broadcasts/${ID}/edit`);
    expect(api.of('POST /v1/broadcasts')[0]?.headers.get('idempotency-key')).toBeTruthy();
  });

  it('has no button for a new broadcast where the role may not make one', async () => {
    await openConsole({ as: 'analyst', api: listing(broadcastRow()) });
    expect(await screen.findByText('Spring sale')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'New broadcast' })).not.toBeInTheDocument();
  });

  it('says what the API says went wrong, field by field', async () => {
    const errors = [{ path: 'name', code: 'TEXT_LENGTH', message: 'Give a shorter name.' }];
    const problem = { code: 'INVALID_REQUEST', detail: 'The request is not valid.', errors };
    const api = listing().on('GET /v1/broadcasts', () => refusal(problem));
    await openConsole({ api });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The request is not valid.');
    expect(alert).toHaveTextContent('name Give a shorter name.');
  });
});
