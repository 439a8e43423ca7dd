import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../testing/open-console.tsx';
import { refusal } from '../../testing/scripted-api.ts';
import { DraftApi, draftOf, EDIT, ID } from '../testing/drafts.ts';

const text = (value: string) => ({ type: 'text' as const, text: value });
const composed = (...texts: string[]) =>
  draftOf({ message: { synchronised: true, elements: texts.map(text) } });

const group = (name: string) => screen.findByRole('group', { name });
const isSaved = () => screen.findByText('All is saved');

describe('the message', () => {
  it('adds an element, moves the focus into it, and saves the whole content', async () => {
    const api = new DraftApi(composed('First'));
    const { user } = await openConsole({ at: EDIT, api });
    await user.click(
      await within(await group('Add an element')).findByRole('button', { name: 'Text' }),
    );
    await user.keyboard('Second');
    await waitFor(() =>
      expect(api.saved('message')).toEqual({
        synchronised: true,
        elements: [text('First'), text('Second')],
      }),
    );
    expect(await isSaved()).toBeVisible();
  });

  it('moves, duplicates and deletes elements', async () => {
    const api = new DraftApi(composed('One', 'Two'));
    const { user } = await openConsole({ at: EDIT, api });
    await user.click(await screen.findByRole('button', { name: 'Move 2. Text up' }));
    await user.click(screen.getByRole('button', { name: 'Duplicate 1. Text' }));
    await user.click(screen.getByRole('button', { name: 'Delete 3. Text' }));
    await waitFor(() =>
      expect(api.saved('message')).toMatchObject({ elements: [text('Two'), text('Two')] }),
    );
  });

  it('edits buttons of all kinds', async () => {
    const api = new DraftApi(composed('Hello'));
    const { user } = await openConsole({ at: EDIT, api });
    await user.click(await screen.findByRole('button', { name: 'Add a button' }));
    await user.type(screen.getByLabelText('Label'), 'Remind me');
    await user.click(screen.getByRole('combobox', { name: 'Press' }));
    await user.click(await screen.findByRole('option', { name: 'sends a reply' }));
    await user.type(screen.getByLabelText('Reply'), 'remind');
    const buttons = [{ kind: 'message', label: 'Remind me', payload: 'remind' }];
    await waitFor(() =>
      expect(api.saved('message')).toMatchObject({ elements: [{ ...text('Hello'), buttons }] }),
    );
  });

  it('shows what the API finds wrong beside its field, and saves once it is mended', async () => {
    const api = new DraftApi(composed('Hello'));
    const path = 'elements[0].text';
    const errors = [{ path, code: 'UNKNOWN_VARIABLE', message: 'Did you mean first_name?' }];
    const take = `PUT /v1/broadcasts/${ID}/message`;
    api.on(take, () => refusal({ code: 'UNKNOWN_VARIABLE', errors }));
    const { user } = await openConsole({ at: EDIT, api });
    const field = await screen.findByRole('textbox', { name: 'Text' });
    await user.type(field, ' {{{{frst_name}}');
    await waitFor(() => expect(field).toBeInvalid());
    expect(field).toHaveAccessibleDescription('Did you mean first_name?');
    expect(screen.getByText('Not saved: mend what is marked below')).toBeVisible();

    api.on(take, () => ({ ...api.draft, revision: 4, warnings: [] }));
    await user.type(field, '!');
    await waitFor(() => expect(field).toBeValid());
  });

  it('gives each channel its own content when they no longer go together', async () => {
    const api = new DraftApi(composed('Hello'));
    const { user } = await openConsole({ at: EDIT, api });
    await screen.findByRole('tab', { name: /Viber/ });
    await user.click(await screen.findByRole('switch', { name: /^One content/ }));
    const own = { elements: [text('Hello')] };
    await waitFor(() =>
      expect(api.saved('message')).toEqual({
        synchronised: false,
        elements: [],
        channels: { telegram: own, viber: own },
      }),
    );
  });

  it('puts in a variable with its fallback', async () => {
    const api = new DraftApi(composed('Hi '));
    const { user } = await openConsole({ at: EDIT, api });
    await user.click(await screen.findByRole('button', { name: 'Put in a variable' }));
    await user.type(await screen.findByLabelText('Instead, where it is not known'), 'friend');
    await user.click(screen.getByRole('button', { name: 'Put in' }));
    await waitFor(() =>
      expect(api.saved('message')).toMatchObject({
        elements: [text('Hi {{first_name | friend}}')],
      }),
    );
  });

  it('shows hostile content as the text that it is', async () => {
    const hostile = '<img src=x onerror=alert(1)>\u202Eevil';
    await openConsole({
      at: EDIT,
      api: new DraftApi(draftOf({ name: hostile, message: composed(hostile).message })),
    });
    expect(await screen.findByRole('heading', { name: hostile })).toBeVisible();
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });
});
