import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openScriptedServer, type ScriptedServer } from '@crier/connector/testing';
import { FacebookConnector } from './index.ts';
import { PAGE } from './testing/calls-seen.ts';
import { APP, APP_SECRET, TOKEN, VERIFY_TOKEN, senderAt } from './testing/facebook-facts.ts';

let server: ScriptedServer;
const connector = new FacebookConnector({ version: '1.0.0', timeoutMs: 300 });
beforeAll(async () => {
  server = await openScriptedServer();
});
afterAll(async () => {
  await connector.close();
  await server.close();
});

const answer = (body: object, status = 200) => ({ status, body: JSON.stringify(body) });
const page = answer({ id: PAGE, name: 'Corner Shop' });
const done = answer({ success: true });
const connect = (more: Readonly<Record<string, string>> = {}, url?: string) =>
  connector.connect(senderAt(server.url, more), url);

it('repeats no secret that Meta repeats', async () => {
  const message = `Malformed access token ${TOKEN}, ${APP}|${APP_SECRET} or ${VERIFY_TOKEN}`;
  server.answerNext(answer({ error: { code: 190, message } }, 400));
  await expect(connect()).rejects.toMatchObject({
    code: 'CREDENTIALS_REFUSED',
    message: `Messenger refuses: Malformed access token …, ${APP}|… or …`,
  });
});

it.each([
  ['a limit', answer({ error: { code: 4 } }, 403)],
  ['a temporary failure', answer({ error: { code: 2 } }, 500)],
  ['the page of a proxy', { status: 502, body: '<html>' }],
  ['a page for an answer', { status: 200, body: '<html>' }],
  ['a cut connection', 'reset'],
] as const)('waits after %s', async (_, first) => {
  server.answerNext(first);
  await expect(connect()).rejects.toMatchObject({ code: 'UNAVAILABLE', verdict: 'retry' });
});

it('names a Page without a name by its number', async () => {
  server.answerNext(answer({ id: PAGE }));
  await expect(connect()).resolves.toEqual({ name: PAGE });
});

it('sets the app’s webhook as the app, and has it told of the Page as the Page', async () => {
  const before = server.bodies.length;
  server.answerNext(page, done, done);
  await expect(connect({ appId: APP }, 'https://crier.example/hook')).resolves.toEqual({
    name: 'Corner Shop',
  });
  const [asked, set, told] = server.bodies.slice(before).map((body) => body || '{}');
  expect(asked).toBe('{}');
  expect(JSON.parse(set!)).toEqual({
    access_token: `${APP}|${APP_SECRET}`,
    object: 'page',
    callback_url: 'https://crier.example/hook',
    verify_token: VERIFY_TOKEN,
    fields: expect.stringContaining('message_echoes'),
    include_values: true,
  });
  expect(JSON.parse(told!)).toEqual({
    access_token: TOKEN,
    subscribed_fields: (JSON.parse(set!) as { readonly fields: string }).fields,
  });
});
