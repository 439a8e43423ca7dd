import { startSandbox, type SandboxOptions } from '../sandbox.ts';
import { fetched } from './open-sandbox.ts';

/** The token that {@link openViber} registers. */
export const TOKEN = '4453b6ac-e02c5f12-daec9cbb';

/** A text message for one receiver, with more or other fields. */
export const text = (receiver: string, more: object = {}): object => ({
  receiver,
  type: 'text',
  text: 'Hi',
  sender: { name: 'Shop' },
  ...more,
});

/** A running sandbox with one Viber bot, and short words for talking to it. */
export const openViber = async (options: SandboxOptions = {}) => {
  const sandbox = await startSandbox(options);
  const admin = (method: string, path: string, body?: unknown) =>
    fetched(`${sandbox.url}/sandbox/viber/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  /** The body as text, for its tokens have more digits than numbers hold. */
  const call = async (method: string, params: unknown, token: string | undefined = TOKEN) => {
    const response = await fetch(`${sandbox.url}/viber/pa/${method}`, {
      method: 'POST',
      headers: token === '' ? {} : { 'x-viber-auth-token': token },
      body: typeof params === 'string' ? params : JSON.stringify(params),
    });
    const body = await response.text();
    return { status: response.status, body, token: /"message_token":(\d+)/.exec(body)?.[1] ?? '' };
  };
  const statusOf = async (method: string, params: unknown, token?: string) =>
    (JSON.parse((await call(method, params, token)).body) as { readonly status: number }).status;
  const clear = async () => {
    await admin('DELETE', 'trouble');
    await admin('DELETE', 'record');
    await admin('PUT', 'receipts', {});
  };
  const record = async () =>
    (await (await fetch(`${sandbox.url}/sandbox/viber/record`)).text())
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  await admin('PUT', `bots/${TOKEN}`, { name: 'Shop' });
  return { ...sandbox, admin, call, statusOf, clear, record };
};
