import { startSandbox, type SandboxOptions } from '../../sandbox.ts';
import { fetched } from '../../testing/open-sandbox.ts';

/** The app id and the secret that {@link openSkype} registers. */
export const APP_ID = '11111111-2222-3333-4444-555555555555';
export const SECRET = 'a~secret';

/** A message as a bot posts it, with more or other fields. */
export const message = (more: object = {}): object => ({
  type: 'message',
  from: { id: `28:${APP_ID}` },
  text: 'Hi',
  textFormat: 'markdown',
  ...more,
});

/** A card with these actions. */
export const card = (buttons: readonly object[], more: object = {}): object => ({
  contentType: 'application/vnd.microsoft.card.hero',
  content: { buttons, ...more },
});

/** A running sandbox with one Skype bot, and short words for talking to it. */
export const openSkype = async (options: SandboxOptions = {}) => {
  const sandbox = await startSandbox(options);
  const admin = (method: string, path: string, body?: unknown) =>
    fetched(`${sandbox.url}/sandbox/skype/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const login = async (
    more: Readonly<Record<string, string>> = {},
    tenant = 'botframework.com',
  ) => {
    const form = {
      grant_type: 'client_credentials',
      client_id: APP_ID,
      client_secret: SECRET,
      scope: 'https://api.botframework.com/.default',
      ...more,
    };
    const response = await fetch(`${sandbox.url}/skype/login/${tenant}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    const granted = JSON.parse(await response.text()) as {
      readonly access_token: string;
      readonly expires_in: number;
      readonly error: string;
    };
    return { status: response.status, ...granted };
  };
  await admin('PUT', `bots/${APP_ID}`, { name: 'Shop', secret: SECRET });
  let token = (await login()).access_token;
  const post = async (chat: string, body: unknown = message(), service = '/skype') => {
    const path = `${service}/v3/conversations/${encodeURIComponent(chat)}/activities`;
    const response = await fetch(sandbox.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const retryAfter = response.headers.get('retry-after');
    return { status: response.status, text, retryAfter };
  };
  const codeOf = async (chat: string, body?: unknown) => {
    const { status, text } = await post(chat, body);
    const { error } = JSON.parse(text) as { readonly error?: { readonly code: string } };
    return [status, error?.code];
  };
  const clear = async () => {
    await admin('DELETE', 'trouble');
    await admin('DELETE', 'record');
  };
  const renew = async () => {
    token = (await login()).access_token;
  };
  const record = async () =>
    (await (await fetch(`${sandbox.url}/sandbox/skype/record`)).text())
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  return { ...sandbox, admin, login, renew, post, codeOf, clear, record };
};
