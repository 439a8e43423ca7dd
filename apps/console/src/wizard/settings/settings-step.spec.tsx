import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../testing/open-console.tsx';
import { refusal } from '../../testing/scripted-api.ts';
import { DraftApi, EDIT, ID } from '../testing/drafts.ts';

const AT = `${EDIT}?step=settings`;

const foretelling = () =>
  new DraftApi().on(`GET /v1/broadcasts/${ID}/forecast`, () => ({
    matched: 34,
    planned: 29,
    perBot: [{ botId: 'viber-bot', channel: 'viber', count: 29, parts: 1, share: 25, seconds: 90 }],
    excluded: { no_content: 5 },
    speed: 25,
    parts: 1,
    durationSeconds: 90,
    startsAt: '2026-03-01T09:00:00.000Z',
    finishesAt: '2026-03-01T09:01:30.000Z',
    warnings: [{ path: 'message', code: 'LOCAL_LINK', message: 'Give a public address.' }],
  }));

const activated = (start: object) => ({ id: ID, status: 'scheduled', start });

describe('the settings', () => {
  it('foretell how many, how long, who is left out, and what to think of', async () => {
    await openConsole({ at: AT, api: foretelling() });
    expect(await screen.findByText('29 people get it')).toBeVisible();
    expect(screen.getByText('It takes about 1 minute 30 seconds.')).toBeVisible();
    expect(screen.getByText('5 left out: the message has nothing for their channel')).toBeVisible();
    expect(screen.getByText('Give a public address.')).toBeVisible();
  });

  it('save a lower speed', async () => {
    const api = foretelling();
    const { user } = await openConsole({ at: AT, api });
    (await screen.findByRole('slider', { name: 'Messages per second' })).focus();
    await user.keyboard('{ArrowLeft}{ArrowLeft}');
    await waitFor(() => expect(api.saved('settings')).toEqual({ speed: 23 }));
  });

  it('activate at once, after a confirmation in numbers', async () => {
    const api = foretelling().on(`POST /v1/broadcasts/${ID}/activate`, () =>
      activated({ mode: 'now' }),
    );
    const { user, router } = await openConsole({ at: AT, api });
    await user.click(await screen.findByRole('button', { name: 'Save and activate sending' }));
    const asked = within(await screen.findByRole('dialog', { name: 'Send this broadcast?' }));
    expect(asked.getByText('29 people get it')).toBeVisible();
    await user.click(asked.getByRole('button', { name: 'Activate sending' }));
    await waitFor(() => expect(router.state.location.pathname).toBe(`/broadcasts/${ID}`));
    const [order] = api.of(`POST /v1/broadcasts/${ID}/activate`);
    expect(order?.body).toEqual({ start: 'now' });
    expect(order?.headers.get('if-match')).toBe('"3"');
  });

  it('schedule in a zone, show both times, and tell what daylight saving moved', async () => {
    const start = { mode: 'at', local: '2027-03-28T03:30', movedTo: '2027-03-28T04:00' };
    const api = foretelling().on(`POST /v1/broadcasts/${ID}/activate`, () => activated(start));
    const { user } = await openConsole({ at: AT, api });
    await user.click(await screen.findByRole('radio', { name: 'At a date and time' }));
    const zone = screen.getByRole('combobox', { name: 'Time zone' });
    await user.clear(zone);
    await user.type(zone, 'Kathmandu');
    await user.click(await screen.findByRole('option', { name: 'Asia/Kathmandu' }));
    fireEvent.change(screen.getByLabelText('Date and time'), {
      target: { value: '2027-03-28T03:30' },
    });
    expect(await screen.findByText('2027-03-28 03:30 in Asia/Kathmandu')).toBeVisible();
    expect(screen.getByText(/^For you: /)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Save and activate sending' }));
    await user.click(await screen.findByRole('button', { name: 'Activate sending' }));
    expect(await screen.findByText(/2027-03-28 04:00/)).toBeVisible();
    expect(api.of(`POST /v1/broadcasts/${ID}/activate`)[0]?.body).toMatchObject({
      start: { local: '2027-03-28T03:30' },
    });
  });

  it('show beside the date that it lies in the past', async () => {
    const message = 'Name a later time, or "now".';
    const errors = [{ path: 'start.local', code: 'START_IN_PAST', message }];
    const api = foretelling().on(`POST /v1/broadcasts/${ID}/activate`, () =>
      refusal({ code: 'START_IN_PAST', errors }),
    );
    const { user } = await openConsole({ at: AT, api });
    await user.click(await screen.findByRole('radio', { name: 'At a date and time' }));
    const field = screen.getByLabelText('Date and time');
    fireEvent.change(field, { target: { value: '2020-01-01T09:00' } });
    await user.click(screen.getByRole('button', { name: 'Save and activate sending' }));
    await user.click(await screen.findByRole('button', { name: 'Activate sending' }));
    await waitFor(() => expect(field).toHaveAccessibleDescription(message));
  });
});
