import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { BroadcastRow } from '../api/types.ts';
import { broadcastRow } from '../testing/broadcasts.ts';
import { openConsole } from '../testing/open-console.tsx';
import { refusal, ScriptedApi } from '../testing/scripted-api.ts';
import { actsFor } from './acts.ts';

const { id } = broadcastRow();
const underWay = broadcastRow({
  status: 'sending',
  sent: 600,
  waiting: 370,
  failed: 20,
  skipped: 10,
});

const asked = async (act: string, row: BroadcastRow, route: string, answer: () => unknown) => {
  const api = new ScriptedApi()
    .on('GET /v1/broadcasts', () => ({ items: [row] }))
    .on(route, answer);
  const { user, router } = await openConsole({ api });
  await user.click(await screen.findByRole('button', { name: 'Actions for Spring sale' }));
  await user.click(await screen.findByRole('menuitem', { name: act }));
  const dialog = await screen.findByRole('dialog', { name: act });
  return {
    api,
    user,
    router,
    dialog,
    confirm: () => within(dialog).getByRole('button', { name: act }),
  };
};

describe('what can be done with a broadcast', () => {
  it('says in numbers what stopping means, and stops', async () => {
    const stopped = { ...underWay, status: 'stopped', waiting: 0, skipped: 380 };
    const route = `POST /v1/broadcasts/${id}/stop`;
    const { api, user, dialog, confirm } = await asked(
      'Stop for good',
      underWay,
      route,
      () => stopped,
    );
    expect(within(dialog).getByRole('row', { name: 'People who have it 600' })).toBeVisible();
    expect(
      within(dialog).getByRole('row', { name: 'People who will not get it 370' }),
    ).toBeVisible();
    expect(api.of(route)).toHaveLength(0);
    await user.click(confirm());
    expect(await screen.findByText('stopped')).toBeVisible();
    expect(api.of(route)[0]?.headers.get('idempotency-key')).toBeTruthy();
  });

  it.each([
    ['Hold', underWay, 'hold', undefined],
    ['Resume', { ...underWay, status: 'held' }, 'resume', undefined],
    ['Unschedule', { ...underWay, status: 'scheduled' }, 'unschedule', undefined],
    ['Retry failed', broadcastRow(), 'retry', { what: 'failed' }],
    ['Retry unconfirmed', broadcastRow({ unconfirmed: 3 }), 'retry', { what: 'unconfirmed' }],
  ] as const)('%s', async (act, row, path, body) => {
    const route = `POST /v1/broadcasts/${id}/${path}`;
    const { api, user, confirm } = await asked(act, row, route, () => row);
    await user.click(confirm());
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(api.of(route).map((one) => one.body)).toEqual([body]);
  });

  it('renames', async () => {
    const route = `PATCH /v1/broadcasts/${id}`;
    const { user, dialog, confirm } = await asked('Rename', broadcastRow(), route, () =>
      broadcastRow({ name: 'Summer sale' }),
    );
    const name = within(dialog).getByLabelText('Name');
    await user.clear(name);
    await user.type(name, 'Summer sale');
    await user.click(confirm());
    expect(await screen.findByRole('link', { name: 'Summer sale' })).toBeVisible();
  });

  it('opens a copy in the wizard', async () => {
    const copy = broadcastRow({ id: 'copied', status: 'draft' });
    const route = `POST /v1/broadcasts/${id}/copy`;
    const { user, router, confirm } = await asked('Copy', broadcastRow(), route, () => copy);
    await user.click(confirm());
    await waitFor(() => expect(router.state.location.pathname).toBe('/broadcasts/copied/edit'));
  });

  it('takes what was deleted out of the table', async () => {
    const route = `DELETE /v1/broadcasts/${id}`;
    const { user, confirm } = await asked('Delete', broadcastRow(), route, () => undefined);
    await user.click(confirm());
    expect(await screen.findByText('Nothing was sent yet')).toBeVisible();
  });

  it('stays open with what the API refused', async () => {
    const { user, dialog, confirm } = await asked(
      'Hold',
      underWay,
      `POST /v1/broadcasts/${id}/hold`,
      () => refusal({ code: 'NOT_ACTIVE', detail: 'It is not sending.' }),
    );
    await user.click(confirm());
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('It is not sending.');
  });

  it('offers no retry where there is nobody to retry', () => {
    expect(actsFor(broadcastRow({ failed: 0, unconfirmed: 0 }))).toEqual([
      'copy',
      'rename',
      'delete',
    ]);
  });
});
