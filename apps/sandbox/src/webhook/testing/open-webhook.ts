import { createHmac } from 'node:crypto';
import { startSandbox, type SandboxOptions } from '../../sandbox.ts';
import { fetched } from '../../testing/open-sandbox.ts';

/** The bot that {@link openWebhook} registers, and its secret. */
export const BOT = 'shop';
export const SECRET = 'what-both-sides-know';

/** As both sides sign; `secondsAgo`: when that claims to have been. */
export const signed = (
  body: string,
  { secret = SECRET, secondsAgo = 0 } = {},
): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(Date.now() / 1000) - secondsAgo);
  const digest = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'x-crier-timestamp': timestamp, 'x-crier-signature': `sha256=${digest}` };
};

/** A text for somebody under a key; `more` of the message. */
export const letter = (to: string, key: string, more: object = {}) => ({
  id: key,
  to,
  key: 77,
  message: { type: 'text', text: { plain: 'Hi', markdown: 'Hi' }, ...more },
});

/** A running sandbox with one receiver, and short words for talking to it. */
export const openWebhook = async (options: SandboxOptions = {}) => {
  const sandbox = await startSandbox(options);
  const admin = (method: string, path: string, body?: unknown) =>
    fetched(`${sandbox.url}/sandbox/webhook/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const post = async (content: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const body = typeof content === 'string' ? content : JSON.stringify(content);
    const key = (content as { readonly id?: unknown }).id;
    const { status, body: answered } = await fetched(`${sandbox.url}/webhook/${BOT}`, {
      method: 'POST',
      headers: {
        ...signed(body),
        ...(typeof key === 'string' && { 'x-crier-key': key }),
        ...headers,
      },
      body,
    });
    return { status, ...(answered as { readonly id?: string; readonly code?: string }) };
  };
  const clear = async () => {
    await admin('DELETE', 'trouble');
    await admin('DELETE', 'record');
    await admin('PUT', 'receipts', {});
  };
  const record = async () =>
    (await (await fetch(`${sandbox.url}/sandbox/webhook/record`)).text())
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  await admin('PUT', `bots/${BOT}`, { name: 'Corner Shop', secret: SECRET });
  return { ...sandbox, admin, post, clear, record };
};
