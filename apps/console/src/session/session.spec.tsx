import { screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { tokenKeeper } from '../api/token-keeper.ts';
import { openConsole } from '../testing/open-console.tsx';
import { refusal, ScriptedApi } from '../testing/scripted-api.ts';
import { takeTokenFromAddress } from './token-in-address.ts';

const GOOD = 'crier_good';

/** An API that knows one token. */
const guarded = () => {
  const knows = (headers: Headers): boolean => headers.get('authorization') === `Bearer ${GOOD}`;
  return new ScriptedApi()
    .on('GET /v1/me', ({ headers }) =>
      knows(headers)
        ? { name: 'Ann', role: 'operator' }
        : refusal({ code: 'UNAUTHENTICATED', status: 401 }),
    )
    .on('GET /v1/broadcasts', () => ({ items: [] }));
};

const signIn = async (token: string, { remembered = false } = {}) => {
  const opened = await openConsole({ as: 'nobody', api: guarded() });
  const { user } = opened;
  await user.type(await screen.findByLabelText(/^Token/), token);
  if (remembered) await user.click(screen.getByRole('checkbox', { name: /Stay signed in/ }));
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  return opened;
};

describe('signing in', () => {
  it('opens the page that was asked for, and keeps the token for this tab only', async () => {
    await signIn(` ${GOOD} `);
    expect(await screen.findByRole('heading', { name: 'Broadcasts' })).toBeVisible();
    expect(Object.values(sessionStorage)).toEqual([GOOD]);
    expect(Object.values(localStorage)).not.toContain(GOOD);
  });

  it('keeps the token on this computer for whoever wants that', async () => {
    await signIn(GOOD, { remembered: true });
    expect(await screen.findByRole('heading', { name: 'Broadcasts' })).toBeVisible();
    expect(Object.values(localStorage)).toContain(GOOD);
  });

  it('says that a token is not valid, and keeps none', async () => {
    await signIn('crier_bad');
    expect(await screen.findByRole('alert')).toHaveTextContent('not valid');
    expect(tokenKeeper.get()).toBeNull();
  });

  it.each([
    ['   ', 'Paste your token here.'],
    ['my token', 'letters, digits'],
  ])('asks the API nothing about "%s"', async (token, hint) => {
    const { api } = await signIn(token);
    expect(await screen.findByText(new RegExp(hint))).toBeVisible();
    expect(api.asked).toEqual([]);
  });

  it('goes by a link with the token in it, which leaves the address at once', () => {
    history.replaceState(null, '', `/console/broadcasts?sort=name#token=${GOOD}`);
    takeTokenFromAddress();
    expect(tokenKeeper.get()).toBe(GOOD);
    expect(location.href).toMatch(/\/console\/broadcasts\?sort=name$/);
  });

  it('lets no link change who is signed in', () => {
    tokenKeeper.keep('mine', { remembered: false });
    history.replaceState(null, '', '/console/#token=theirs');
    takeTokenFromAddress();
    expect(tokenKeeper.get()).toBe('mine');
  });
});

describe('being signed in', () => {
  let opened: Awaited<ReturnType<typeof openConsole>>;
  beforeEach(async () => {
    opened = await signIn(GOOD);
    await screen.findByRole('heading', { name: 'Broadcasts' });
  });

  const choose = async (item: string, role: 'menuitem' | 'menuitemradio') => {
    await opened.user.click(screen.getByRole('button', { name: 'Your account' }));
    await opened.user.click(await screen.findByRole(role, { name: item }));
  };

  it('ends with signing out, which forgets the token', async () => {
    await choose('Sign out', 'menuitem');
    expect(await screen.findByRole('heading', { name: 'Sign in to Crier' })).toBeVisible();
    expect(tokenKeeper.get()).toBeNull();
  });

  it('ends when the token is revoked', async () => {
    opened.api.on('POST /v1/broadcasts', () => refusal({ code: 'UNAUTHENTICATED', status: 401 }));
    await opened.user.click(screen.getByRole('button', { name: 'New broadcast' }));
    expect(await screen.findByRole('heading', { name: 'Sign in to Crier' })).toBeVisible();
  });

  it('speaks another language at once, and at the next visit', async () => {
    await choose('українська', 'menuitemradio');
    expect(await screen.findByRole('heading', { name: 'Розсилки' })).toBeVisible();
    expect(document.documentElement.lang).toBe('uk');
    expect(Object.values(localStorage)).toContain('uk');
  });
});
