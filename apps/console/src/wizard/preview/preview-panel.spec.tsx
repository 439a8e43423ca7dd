import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../testing/open-console.tsx';
import { DraftApi, draftOf, EDIT, ID } from '../testing/drafts.ts';

const hostile = '<b>Hi</b> Anna';
const message = {
  synchronised: false,
  elements: [],
  channels: {
    telegram: {
      elements: [
        { type: 'text' as const, text: 'Hi {{first_name}}' },
        { type: 'image' as const, media: 'm1' },
      ],
    },
    viber: { elements: [] },
  },
};

const shown = () =>
  new DraftApi(draftOf({ message })).on(`GET /v1/broadcasts/${ID}/preview`, () => ({
    channels: [
      {
        channel: 'telegram',
        parts: [
          { type: 'text', text: hostile, buttons: [{ kind: 'buy', label: 'Buy now' }] },
          { type: 'image', text: '', buttons: [] },
        ],
      },
    ],
  }));

describe('the preview', () => {
  it('shows texts as texts, buttons, and uploaded pictures', async () => {
    await openConsole({ at: EDIT, api: shown() });
    const chat = within(await screen.findByRole('list', { name: 'As it looks on Telegram' }));
    expect(chat.getByText(hostile)).toBeVisible();
    expect(chat.getByText('Buy now')).toBeVisible();
    expect(chat.getByRole('img')).toHaveAttribute('src', '/v1/media/m1');
  });
});

describe('an export', () => {
  it('says what was copied as what, and what was refused and why', async () => {
    const api = shown();
    api.on(`POST /v1/broadcasts/${ID}/message/export`, () => {
      api.changeElsewhere({});
      return {
        copied: [{ to: 'viber', element: 0, as: ['text'] }],
        refused: [
          { to: 'viber', element: 1, errors: [{ path: '', code: 'x', message: 'Too large.' }] },
        ],
      };
    });
    const { user } = await openConsole({ at: EDIT, api });
    await user.click(await screen.findByRole('button', { name: 'Export to other channels' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('checkbox', { name: 'Viber' }));
    await user.click(dialog.getByRole('button', { name: 'Copy' }));
    expect(await dialog.findByText('1 to Viber as: Text')).toBeVisible();
    expect(dialog.getByText('2 to Viber: Too large.')).toBeVisible();
    await waitFor(() =>
      expect(api.of(`POST /v1/broadcasts/${ID}/message/export`)[0]?.body).toEqual({
        from: 'telegram',
        to: ['viber'],
        elements: [0, 1],
      }),
    );
  });
});
