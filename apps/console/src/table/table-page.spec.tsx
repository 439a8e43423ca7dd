import { screen, waitFor, within } from '@testing-library/react';
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

  it('shows names of any kind as the text that they are', async () => {
    const name = `<img src=x onerror="alert(1)"><script>alert(2)</script>\u202eمرحبا 🎉\n${'x'.repeat(10_000)}`;
    const { view } = await openConsole({ api: listing(broadcastRow({ name })) });
    const link = await screen.findByRole('link', { name: /onerror/ });
    expect(link.textContent).toBe(name);
    expect(view.container.querySelector('script, img[src=x]')).toBeNull();
    expect(link.closest('[dir=auto]')).not.toBeNull();
  });

  it('asks the API for what is searched, filtered and sorted, and keeps it in the address', async () => {
    const api = listing(broadcastRow()).on('GET /v1/channels', () => ({ items: [] }));
    const { user, router } = await openConsole({ api });
    await user.type(await screen.findByRole('searchbox', { name: 'Search by name' }), 'Spring');
    await user.click(screen.getByRole('button', { name: 'Sent' }));
    await user.click(screen.getByRole('button', { name: 'Any status' }));
    await user.click(await screen.findByRole('menuitemcheckbox', { name: 'sending' }));
    await user.click(await screen.findByRole('menuitemcheckbox', { name: 'held' }));
    const wanted = { name: 'Spring', sort: '-sent', status: 'sending,held' };
    await waitFor(() => expect(api.of('GET /v1/broadcasts').at(-1)?.query).toMatchObject(wanted));
    expect(router.state.location.search).toEqual(wanted);
    expect(screen.getByRole('columnheader', { name: 'Sent' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
  });

  it('keeps the choice of columns in this browser', async () => {
    const { user, view } = await openConsole({ api: listing(broadcastRow()) });
    await user.click(await screen.findByRole('button', { name: 'Columns' }));
    await user.click(await screen.findByRole('menuitemcheckbox', { name: 'Clicked buy' }));
    view.unmount();
    await openConsole({ api: listing(broadcastRow()) });
    expect(await screen.findByRole('columnheader', { name: 'Planned' })).toBeVisible();
    expect(screen.queryByRole('columnheader', { name: 'Clicked buy' })).not.toBeInTheDocument();
  });

  it('reads the next page before its end is seen, and draws no more than is in view', async () => {
    const page = (from: number) =>
      Array.from({ length: 100 }, (_, index) =>
        broadcastRow({ id: `id-${from + index}`, name: `Mailing ${from + index}` }),
      );
    const api = new ScriptedApi().on('GET /v1/broadcasts', ({ query }) =>
      query['after'] === undefined ? { items: page(0), next: 'more' } : { items: page(100) },
    );
    await openConsole({ api });
    expect(await screen.findByText('Mailing 0')).toBeVisible();
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
    expect(api.of('GET /v1/broadcasts')).toHaveLength(1);
  });

  it('adds up what was selected; what nobody reports stays so', async () => {
    const two = [broadcastRow(), broadcastRow({ id: 'other', name: 'Other', sent: 30, orders: 1 })];
    const { user } = await openConsole({ api: listing(...two) });
    for (const name of ['Spring sale', 'Other'])
      await user.click(await screen.findByRole('checkbox', { name: `Select ${name}` }));
    const totals = (await screen.findByRole('rowheader', { name: '2 broadcasts' })).closest('tr')!;
    expect(within(totals).getByText('1,000')).toBeVisible();
    expect(within(totals).getByText('5')).toBeVisible();
    expect(within(totals).getAllByText('not reported')).toHaveLength(2);
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
