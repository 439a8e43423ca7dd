import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../testing/open-console.tsx';
import { DraftApi, draftOf, EDIT, ID } from '../testing/drafts.ts';

const composed = (text: string) => ({
  synchronised: true,
  elements: [{ type: 'text' as const, text }],
});

const contested = async () => {
  const api = new DraftApi(draftOf({ message: composed('Mine') }));
  api.on(`GET /v1/broadcasts/${ID}/history`, () => ({
    items: [
      { revision: 4, at: '2026-03-01T10:00:00.000Z', actor: 'Olena', what: 'composed', facts: {} },
    ],
  }));
  const opened = await openConsole({ at: EDIT, api });
  const field = await screen.findByRole('textbox', { name: 'Text' });
  api.changeElsewhere({ message: composed('Theirs') });
  await opened.user.type(field, ' is better');
  expect(await screen.findByRole('alert')).toHaveTextContent(/changed this meanwhile/);
  return { ...opened, api };
};

describe("another person's change to the same part", () => {
  it('is shown with who made it, and nothing is overwritten', async () => {
    const { api } = await contested();
    expect(await screen.findByText(/^Olena changed it on/)).toBeVisible();
    expect(api.draft.message).toEqual(composed('Theirs'));
  });

  it('may be taken', async () => {
    const { api, user } = await contested();
    await user.click(screen.getByRole('button', { name: 'Take theirs, drop mine' }));
    expect(await screen.findByDisplayValue('Theirs')).toBeVisible();
    expect(screen.getByText('All is saved')).toBeVisible();
    expect(api.draft.message).toEqual(composed('Theirs'));
  });

  it('may be overwritten, once a person says so', async () => {
    const { api, user } = await contested();
    await user.click(screen.getByRole('button', { name: 'Overwrite with mine' }));
    await waitFor(() => expect(api.draft.message).toEqual(composed('Mine is better')));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});

describe("another person's change to another part", () => {
  it('is kept, and what is written here is saved upon it', async () => {
    const api = new DraftApi(draftOf({ message: composed('Mine') }));
    const { user } = await openConsole({ at: EDIT, api });
    const field = await screen.findByRole('textbox', { name: 'Text' });
    api.changeElsewhere({ name: 'Renamed elsewhere' });
    await user.type(field, '!');
    await waitFor(() => expect(api.draft.message).toEqual(composed('Mine!')));
    expect(api.draft.name).toBe('Renamed elsewhere');
    expect(await screen.findByRole('heading', { name: 'Renamed elsewhere' })).toBeVisible();
  });
});

describe('leaving', () => {
  it('saves what was not saved yet', async () => {
    const api = new DraftApi(draftOf({ message: composed('Mine') }));
    api.on('GET /v1/broadcasts', () => ({ items: [] }));
    const { user, router } = await openConsole({ at: EDIT, api });
    await user.type(await screen.findByRole('textbox', { name: 'Text' }), '!');
    await router.navigate({ to: '/broadcasts' });
    await waitFor(() => expect(api.draft.message).toEqual(composed('Mine!')));
  });

  it('loses nothing that could not be saved: it is there again in this browser', async () => {
    const api = new DraftApi(draftOf({ message: composed('Mine') }));
    api.on(`PUT /v1/broadcasts/${ID}/message`, () => {
      throw new TypeError('no network');
    });
    const { user, view } = await openConsole({ at: EDIT, api });
    await user.type(await screen.findByRole('textbox', { name: 'Text' }), '!');
    expect(await screen.findByText(/server cannot be reached/)).toBeVisible();
    view.unmount();

    const again = new DraftApi(draftOf({ message: composed('Mine') }));
    await openConsole({ at: EDIT, api: again });
    expect(await screen.findByDisplayValue('Mine!')).toBeVisible();
    await waitFor(() => expect(again.draft.message).toEqual(composed('Mine!')));
  });
});

it('leads to the report of a broadcast that was activated', async () => {
  await openConsole({ at: EDIT, api: new DraftApi(draftOf({ status: 'scheduled' })) });
  expect(await screen.findByText('This broadcast cannot be edited any more')).toBeVisible();
  expect(screen.getByRole('link', { name: 'To the report' })).toBeVisible();
});
