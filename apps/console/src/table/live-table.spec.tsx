import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { BroadcastRow } from '../api/types.ts';
import { broadcastRow } from '../testing/broadcasts.ts';
import { openConsole } from '../testing/open-console.tsx';
import { ScriptedApi } from '../testing/scripted-api.ts';
import { streamOf } from '../testing/streams.ts';

const sending = (changes: Partial<BroadcastRow>) =>
  broadcastRow({ status: 'sending', progressAt: new Date().toISOString(), ...changes });

const opened = async () => {
  const stream = streamOf();
  const api = new ScriptedApi()
    .on('GET /v1/broadcasts', () => ({
      items: [sending({ sent: 10, failed: 0, skipped: 0, waiting: 990 })],
    }))
    .on('GET /v1/broadcasts/events', () => stream.response());
  const console = await openConsole({ api });
  await screen.findByText('10 of 1,000');
  return { ...console, stream };
};

it('moves with what is sent, and tells the pace', async () => {
  const { stream, api } = await opened();
  expect(api.of('GET /v1/broadcasts/events')[0]?.headers.get('authorization')).toBe(
    'Bearer a-token',
  );
  act(() => stream.send('row', sending({ sent: 300, failed: 0, skipped: 0, waiting: 700 })));
  expect(await screen.findByText(/^300 of 1,000/)).toBeVisible();
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  act(() => stream.send('row', sending({ sent: 400, failed: 0, skipped: 0, waiting: 600 })));
  expect(await screen.findByText(/people\/s/)).toBeVisible();
});

it('says why it does not move', async () => {
  const { stream } = await opened();
  act(() => stream.send('row', sending({ status: 'held', held: [{ reason: 'breaker' }] })));
  expect(await screen.findByText('too many failures')).toBeVisible();
});

it('loses a row that was deleted elsewhere', async () => {
  const { stream } = await opened();
  act(() => stream.send('gone', { id: broadcastRow().id }));
  await waitFor(() => expect(screen.queryByText('Spring sale')).not.toBeInTheDocument());
});

it('opens a stream that ended again, and reads what it missed', async () => {
  const { stream, api } = await opened();
  const sent = sending({ status: 'sent', sent: 1_000, failed: 0, skipped: 0, waiting: 0 });
  api.on('GET /v1/broadcasts', () => ({ items: [sent] }));
  stream.end();
  const table = screen.getByRole('table');
  await waitFor(() => expect(within(table).getByText('sent')).toBeVisible());
  expect(api.of('GET /v1/broadcasts/events').length).toBeGreaterThan(1);
});
