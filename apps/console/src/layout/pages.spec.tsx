import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../testing/open-console.tsx';
import { refusal, ScriptedApi } from '../testing/scripted-api.ts';

const ann = {
  id: 'ann-1',
  firstName: 'Ann <b>',
  firstContactAt: '2026-01-01T00:00:00.000Z',
  lastActiveAt: '2026-01-02T00:00:00.000Z',
  tags: ['vip'],
  tunnels: [],
  variables: { city: 'Kyiv' },
  connections: [],
};

describe('the pages of a team', () => {
  it('are there for those whose work they are', async () => {
    await openConsole({
      as: 'analyst',
      api: new ScriptedApi().on('GET /v1/broadcasts', () => ({ items: [] })),
    });
    const pages = await screen.findByRole('navigation', { name: 'Pages' });
    const names = within(pages)
      .getAllByRole('link')
      .map((link) => link.textContent);
    expect(names).toEqual(['Broadcasts', 'Overview', 'Bots']);
  });

  it('find contacts by a word, and show one', async () => {
    const api = new ScriptedApi()
      .on('GET /v1/contacts', () => ({ items: [ann] }))
      .on('GET /v1/contacts/ann-1', () => ann)
      .on('GET /v1/contacts/ann-1/deliveries', () => ({ items: [] }));
    const { user } = await openConsole({ at: '/contacts', api });
    await user.type(await screen.findByRole('searchbox', { name: 'Search' }), 'vip');
    await waitFor(() =>
      expect(api.of('GET /v1/contacts').at(-1)?.query['filter']).toBe('{"tag":"vip"}'),
    );
    await user.click(await screen.findByRole('link', { name: 'Ann <b>' }));
    expect(await screen.findByRole('row', { name: 'city Kyiv' })).toBeVisible();
  });

  it('show a token once, and revoke', async () => {
    const shown = {
      id: 't1',
      name: 'Bob',
      role: 'analyst',
      createdAt: ann.firstContactAt,
      revoked: false,
    };
    const api = new ScriptedApi()
      .on('GET /v1/tokens', () => ({ items: [shown] }))
      .on('POST /v1/tokens', () => ({ ...shown, token: 'crier_once' }))
      .on('DELETE /v1/tokens/t1', () => undefined);
    const { user } = await openConsole({ at: '/tokens', as: 'admin', api });
    await user.type(await screen.findByLabelText('Name'), 'Bob');
    await user.selectOptions(screen.getByLabelText('Role'), 'analyst');
    await user.click(screen.getByRole('button', { name: 'Make a token' }));
    expect(await screen.findByText('crier_once')).toBeVisible();
    expect(api.of('POST /v1/tokens')[0]?.body).toEqual({ name: 'Bob', role: 'analyst' });
    await user.click(screen.getByRole('button', { name: 'Revoke Bob' }));
    await waitFor(() => expect(api.of('DELETE /v1/tokens/t1')).toHaveLength(1));
  });

  it('say what the messenger says of a bot', async () => {
    const api = new ScriptedApi()
      .on('GET /v1/bots', () => ({ items: [] }))
      .on('GET /v1/channels', () => ({ items: [] }))
      .on('PUT /v1/bots/shop', () =>
        refusal({ code: 'BOT_REFUSED', detail: 'The token is not valid.' }),
      );
    const { user } = await openConsole({ at: '/bots', as: 'channel', api });
    await user.click(await screen.findByRole('button', { name: 'New bot' }));
    const dialog = await screen.findByRole('dialog', { name: 'New bot' });
    await user.type(within(dialog).getByLabelText('Id'), 'shop');
    await user.type(within(dialog).getByLabelText('Credentials'), 'token=1:abc=');
    await user.click(within(dialog).getByRole('button', { name: /Check with the messenger/ }));
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('The token is not valid.');
    expect(api.of('PUT /v1/bots/shop')[0]?.body).toMatchObject({
      credentials: { token: '1:abc=' },
    });
  });
});
