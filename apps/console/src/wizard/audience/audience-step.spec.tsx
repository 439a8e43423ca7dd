import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../testing/open-console.tsx';
import { refusal } from '../../testing/scripted-api.ts';
import { DraftApi, draftOf, EDIT } from '../testing/drafts.ts';

const AT = `${EDIT}?step=audience`;

const countsTags = () =>
  new DraftApi().on('POST /v1/audience/count', ({ body }) => {
    const hasTag = JSON.stringify(body).includes('"vip"');
    return {
      matched: hasTag ? 12 : 34,
      planned: hasTag ? 10 : 29,
      perBot: [{ botId: 'viber-bot', channel: 'viber', count: 10 }],
      excluded: { no_content: hasTag ? 2 : 5 },
    };
  });

describe('the audience', () => {
  it('counts live, and says who is left out and why', async () => {
    const { user } = await openConsole({ at: AT, api: countsTags() });
    expect(await screen.findByText('29 people get it')).toBeVisible();
    expect(screen.getByText('5 left out: the message has nothing for their channel')).toBeVisible();

    await user.click(screen.getByRole('button', { name: 'Add a condition' }));
    await user.type(await screen.findByRole('combobox', { name: 'Tag' }), 'vip');
    expect(await screen.findByText('10 people get it')).toBeVisible();
    expect(screen.getByText('Shop on viber (Viber): 10')).toBeVisible();
    expect(await screen.findByText('All is saved')).toBeVisible();
  });

  it('saves nested groups and conditions with typed values', async () => {
    const api = countsTags();
    const { user } = await openConsole({ at: AT, api });
    await user.click(await screen.findByRole('button', { name: 'Add a group' }));
    const inner = within(await screen.findByRole('group', { name: 'Group 2' }));
    await user.click(inner.getByRole('combobox', { name: 'About' }));
    await user.click(await screen.findByRole('option', { name: 'Variable' }));
    await user.type(inner.getByRole('combobox', { name: 'Variable' }), 'orders');
    await user.click(inner.getByRole('combobox', { name: 'Compared' }));
    await user.click(await screen.findByRole('option', { name: 'above' }));
    await user.click(inner.getByRole('combobox', { name: 'Kind of value' }));
    await user.click(await screen.findByRole('option', { name: 'number' }));
    const value = inner.getByRole('textbox', { name: 'Value' });
    await user.clear(value);
    await user.type(value, '3');
    await waitFor(() =>
      expect(api.saved('audience')).toMatchObject({
        filter: { all: [{ status: 'enabled' }, { any: [{ variable: 'orders', above: 3 }] }] },
      }),
    );
  });

  it('says beside the field what is wrong with a condition', async () => {
    const path = 'filter.all[1].tag';
    const message = 'Write at least one character here.';
    const api = new DraftApi().on('POST /v1/audience/count', () =>
      refusal({ code: 'AUDIENCE_INVALID', errors: [{ path, code: 'FILTER_TEXT_EMPTY', message }] }),
    );
    const { user } = await openConsole({ at: AT, api });
    await user.click(await screen.findByRole('button', { name: 'Add a condition' }));
    const field = await screen.findByRole('combobox', { name: 'Tag' });
    await waitFor(() => expect(field).toHaveAccessibleDescription(message));
  });

  it('lets chosen bots be tried in an order', async () => {
    const api = countsTags();
    const { user } = await openConsole({ at: AT, api });
    await user.click(await screen.findByRole('radio', { name: /^Chosen bots/ }));
    await user.click(await screen.findByRole('button', { name: 'Move Shop on viber (Viber) up' }));
    await waitFor(() =>
      expect(api.saved('audience')).toMatchObject({
        route: { bots: ['viber-bot', 'telegram-bot'] },
      }),
    );
  });

  it('lists the people, page by page', async () => {
    const person = (id: string) => ({
      id,
      firstName: id,
      tags: ['vip'],
      tunnels: [],
      variables: {},
      connections: [],
      firstContactAt: '2026-01-01T00:00:00.000Z',
      lastActiveAt: '2026-01-01T00:00:00.000Z',
    });
    const api = countsTags().on('POST /v1/audience/list', ({ body }) =>
      (body as { after?: string }).after === 'a'
        ? { items: [person('Bohdan')] }
        : { items: [person('Anna')], next: 'a' },
    );
    const { user } = await openConsole({ at: AT, api });
    expect(await screen.findByRole('cell', { name: 'Anna' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByRole('cell', { name: 'Bohdan' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Show more' })).not.toBeInTheDocument();
  });

  it('keeps a condition that this page does not know', async () => {
    const filter = { all: [{ moonPhase: 'full' }] } as never;
    const api = new DraftApi(draftOf({ audience: { filter, route: 'main' } }));
    await openConsole({ at: AT, api });
    expect(await screen.findByText('{"moonPhase":"full"}')).toBeVisible();
  });
});
