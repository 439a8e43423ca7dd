import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { BroadcastReport } from '../api/types.ts';
import { broadcastRow } from '../testing/broadcasts.ts';
import { openConsole } from '../testing/open-console.tsx';
import { broadcastReport, recipientRow } from '../testing/reports.ts';
import { ScriptedApi } from '../testing/scripted-api.ts';
import { streamOf } from '../testing/streams.ts';

const { id } = broadcastRow();
const silentTelegram = {
  channel: 'telegram',
  capabilities: { reports: { delivered: false, opened: false } },
};

const opened = async (changes: Partial<BroadcastReport> = {}, more = new ScriptedApi()) => {
  const stream = streamOf();
  const api = more
    .on('GET /v1/channels', () => ({ items: [silentTelegram] }))
    .on(`GET /v1/broadcasts/${id}/report`, () => broadcastReport(changes))
    .on(`GET /v1/broadcasts/${id}/events`, () => stream.response());
  const console = await openConsole({ api, at: `/broadcasts/${id}` });
  await screen.findByRole('heading', { level: 1 });
  return { ...console, stream };
};

const open = async (tab: string, user: Awaited<ReturnType<typeof opened>>['user']) => {
  await user.click(await screen.findByRole('tab', { name: tab }));
};

describe('the report of one broadcast', () => {
  it('says what each count means, and which channel does not report it', async () => {
    await opened();
    expect(await screen.findAllByText(/Not reported by telegram\./)).toHaveLength(2);
    expect(screen.getByText('Accepted by the messenger.')).toBeVisible();
  });

  it('breaks the counts down by channel, bot, reason and currency', async () => {
    await opened();
    const reasons = await screen.findByRole('table', { name: 'Reasons' });
    expect(within(reasons).getByRole('row', { name: 'blocked the bot Failed 20' })).toBeVisible();
    expect(within(reasons).getByRole('row', { name: 'odd reason Skipped 10' })).toBeVisible();
    expect(within(reasons).getByRole('row', { name: /Not in the audience 7/ })).toBeVisible();
    expect(screen.getByRole('row', { name: /^shop telegram/ })).toBeVisible();
    expect(screen.getByRole('row', { name: 'EUR €25.90 €0.00' })).toBeVisible();
  });

  it('moves while it is sent, and can be held from there', async () => {
    const row = broadcastRow({ status: 'sending', sent: 100, failed: 0, skipped: 0, waiting: 900 });
    const { stream, user, api } = await opened({ row });
    act(() => stream.send('row', { ...row, sent: 400, waiting: 600 }));
    expect(await screen.findByText(/^400 of 1,000/)).toBeVisible();
    api.on(`POST /v1/broadcasts/${id}/hold`, () => ({ ...row, status: 'held' }));
    await user.click(screen.getByRole('button', { name: 'Hold' }));
    const dialog = await screen.findByRole('dialog', { name: 'Hold' });
    await user.click(within(dialog).getByRole('button', { name: 'Hold' }));
    await waitFor(() => expect(api.of(`POST /v1/broadcasts/${id}/hold`)).toHaveLength(1));
  });

  it('lists recipients by outcome and reason, and tells one person’s story', async () => {
    const api = new ScriptedApi()
      .on(`GET /v1/broadcasts/${id}/recipients`, () => ({ items: [recipientRow()] }))
      .on('GET /v1/contacts/ann-1/deliveries', () => ({ items: [recipientRow()] }));
    const { user } = await opened({}, api);
    await open('Recipients', user);
    await user.selectOptions(await screen.findByLabelText('Outcome'), 'failed');
    await waitFor(() =>
      expect(api.of(`GET /v1/broadcasts/${id}/recipients`).at(-1)?.query['outcome']).toBe('failed'),
    );
    await user.click(await screen.findByRole('button', { name: 'ann-1' }));
    const story = await screen.findByRole('dialog', { name: 'What this person got' });
    expect(await within(story).findByText('blocked the bot')).toBeVisible();
  });

  it('saves the recipients as a file, by the filters and with the token', async () => {
    const path = `GET /v1/broadcasts/${id}/recipients`;
    const api = new ScriptedApi().on(path, ({ query }) =>
      query['format'] === 'csv' ? new Response('a,b') : { items: [] },
    );
    Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: vi.fn() });
    const { user } = await opened({}, api);
    await open('Recipients', user);
    await user.click(await screen.findByRole('button', { name: 'Save as CSV' }));
    await waitFor(() => expect(URL.revokeObjectURL).toHaveBeenCalled());
    const asked = api.of(path).find(({ query }) => query['format'] === 'csv');
    expect(asked?.headers.get('authorization')).toBe('Bearer a-token');
  });

  it('shows names, texts and facts of any kind as the text that they are', async () => {
    const hostile = `<script>alert(1)</script><img src=x>\u202eمرحبا 🎉\n${'x'.repeat(10_000)}`;
    const history = [
      {
        revision: 0,
        at: '2026-03-01T09:00:00.000Z',
        actor: hostile,
        what: 'BroadcastRenamed',
        facts: { name: hostile },
      },
    ];
    const message = { synchronised: true, elements: [{ type: 'text', text: hostile }] } as never;
    const { user, view } = await opened({ row: broadcastRow({ name: hostile }), message, history });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(hostile);
    await open('As it was sent', user);
    expect(
      await screen.findByText((text) => text.startsWith('<script>alert(1)'), {
        selector: 'section *',
      }),
    ).toBeVisible();
    await open('History', user);
    expect(await screen.findByText('renamed')).toBeVisible();
    expect(view.container.querySelector('script, img[src=x]')).toBeNull();
  });
});
