import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { chatShare } from '../hash.ts';
import { openCallee } from '../testing/open-callee.ts';
import { receiverNumber } from '../viber/receivers.ts';
import { APP_ID, card, message, openSkype } from './testing/open-skype.ts';

const ANN = '29:1Ann';
const BOB = '29:1Bob';

let sandbox: Awaited<ReturnType<typeof openSkype>>;
beforeAll(async () => {
  sandbox = await openSkype();
});
beforeEach(() => sandbox.clear());
afterAll(() => sandbox.close());

const counts = async () => (await sandbox.admin('GET', 'counts')).body;
const trouble = (rules: readonly object[], more: object = {}) =>
  sandbox.admin('PUT', 'trouble', { rules, ...more });
const chat = async (conversation = ANN) =>
  (await sandbox.admin('GET', `bots/${APP_ID}/chats/${encodeURIComponent(conversation)}`)).body;
const postBack = { type: 'postBack', title: 'Remind me', value: 'c:ref' };
const openUrl = { type: 'openUrl', title: 'Open', value: 'https://a.b/r/x' };

describe('the login', () => {
  it('gives a token for an hour to the client with its secret', async () => {
    expect(await sandbox.login()).toMatchObject({ status: 200, expires_in: 3600 });
    expect(await counts()).toMatchObject({ otherCalls: { token: 1 } });
  });

  it.each([
    ['another client', { client_id: 'nobody' }, undefined, 400, 'unauthorized_client'],
    ['another secret', { client_secret: 'x' }, undefined, 401, 'invalid_client'],
    ['another tenant', {}, 'tenant-1', 400, 'unauthorized_client'],
    ['another grant', { grant_type: 'password' }, undefined, 400, 'unsupported_grant_type'],
    ['another scope', { scope: 'mail' }, undefined, 400, 'invalid_scope'],
  ])('refuses %s', async (_, form, tenant, status, error) => {
    expect(await sandbox.login(form, tenant)).toMatchObject({ status, error });
  });

  it('takes any secret of a bot that has none, at its own tenant', async () => {
    await sandbox.admin('PUT', 'bots/other', { tenantId: 'tenant-1' });
    const form = { client_id: 'other', client_secret: 'x' };
    expect(await sandbox.login(form, 'tenant-1')).toMatchObject({ status: 200 });
    expect(await sandbox.login(form)).toMatchObject({ status: 400 });
  });

  it('has trouble of its own, that rules for messages do not make', async () => {
    await trouble([{ do: { kind: 'throttled' } }]);
    expect(await sandbox.login()).toMatchObject({ status: 200 });
    await trouble([{ method: 'token', times: 1, do: { kind: 'invalidClient' } }]);
    expect(await sandbox.codeOf(ANN)).toEqual([201, undefined]);
    expect(await sandbox.login()).toMatchObject({ status: 401, error: 'invalid_client' });
    expect(await sandbox.login()).toMatchObject({ status: 200 });
    expect(await counts()).toMatchObject({ trouble: { invalidClient: 1 } });
  });

  it('gives tokens that end when they are told to', async () => {
    await sandbox.admin('DELETE', 'tokens');
    expect((await sandbox.post(ANN)).status).toBe(401);
    expect(await counts()).toMatchObject({ unknownToken: 1, requests: 0 });
    await sandbox.admin('PUT', 'tokens', { expiresInS: 60 });
    expect(await sandbox.login()).toMatchObject({ expires_in: 60 });
    expect((await sandbox.admin('PUT', 'tokens', { expiresInS: 0 })).status).toBe(400);
    await sandbox.admin('PUT', 'tokens', { expiresInS: 3600 });
    await sandbox.renew();
    expect((await sandbox.post(ANN)).status).toBe(201);
  });
});

describe('a message', () => {
  it('is answered with its id, and the conversation has it', async () => {
    const attachments = [card([openUrl, postBack], { images: [{ url: 'https://a.b/c.jpg' }] })];
    const { status, text } = await sandbox.post(ANN, message({ attachments }));
    const { id } = JSON.parse(text) as { readonly id: string };
    expect(status).toBe(201);
    expect(await chat()).toEqual({
      chat: ANN,
      blocked: false,
      messages: [{ ...message({ attachments }), id }],
    });
    expect(await sandbox.record()).toMatchObject([
      { bot: APP_ID, chat: ANN, method: 'send', accepted: true, messageId: id, status: 201 },
    ]);
  });

  const file = { contentType: 'image/jpeg', contentUrl: 'https://a.b/c.jpg' };
  it.each([
    ['no JSON', '{', 400, 'BadSyntax'],
    ['another activity', message({ type: 'typing' }), 400, 'BadSyntax'],
    ['no sender', message({ from: undefined }), 400, 'BadSyntax'],
    ['no text', message({ text: '' }), 400, 'BadSyntax'],
    ['text of another kind', message({ text: 5 }), 400, 'BadSyntax'],
    ['a file of no kind', message({ attachments: [{}] }), 400, 'BadSyntax'],
    ['no file', message({ attachments: [{ contentType: 'image/png' }] }), 400, 'BadArgument'],
    ['too many files', message({ attachments: Array(11).fill(file) }), 400, 'BadArgument'],
    ['an empty card', message({ attachments: [{ ...card([]), content: {} }] }), 400, 'BadSyntax'],
    ['four buttons', message({ attachments: [card(Array(4).fill(openUrl))] }), 400, 'BadArgument'],
    [
      'a long label',
      message({ attachments: [card([{ ...openUrl, title: 'x'.repeat(21) }])] }),
      400,
      'BadArgument',
    ],
    ['no label', message({ attachments: [card([{ ...openUrl, title: '' }])] }), 400, 'BadArgument'],
    [
      'no address',
      message({ attachments: [card([{ ...openUrl, value: 'a.b' }])] }),
      400,
      'BadArgument',
    ],
    [
      'no value',
      message({ attachments: [card([{ type: 'postBack', title: 'x' }])] }),
      400,
      'BadArgument',
    ],
    [
      'another button',
      message({ attachments: [card([{ ...openUrl, type: 'dance' }])] }),
      400,
      'BadArgument',
    ],
    [
      'no picture',
      message({ attachments: [card([], { images: [{ url: 'c' }] })] }),
      400,
      'BadArgument',
    ],
    ['more than 28 kB', message({ text: 'x'.repeat(29_000) }), 413, 'MessageSizeTooBig'],
    ['more than 1 MB', message({ text: 'x'.repeat(1_100_000) }), 413, 'MessageSizeTooBig'],
  ])('is refused with %s', async (_, body, status, code) => {
    expect(await sandbox.codeOf(ANN, body)).toEqual([status, code]);
    expect(await counts()).toMatchObject({ accepted: 0, refused: 1 });
  });

  it('is counted by what it says and whom it is for', async () => {
    await sandbox.post(ANN, message({ conversation: { id: ANN }, recipient: { id: ANN } }));
    await sandbox.post(BOB, message({ conversation: { id: BOB }, recipient: { id: BOB } }));
    await sandbox.post(ANN);
    await sandbox.post(ANN, message({ text: 'Bye' }));
    expect(await counts()).toMatchObject({ accepted: 4, distinctChats: 2, duplicates: 1 });
    const [ann, bob] = await sandbox.record();
    expect(ann!['contentHash']).toBe(bob!['contentHash']);
  });
});

describe('trouble', () => {
  it.each([
    ['badArgument', 400, 'BadArgument'],
    ['badSyntax', 400, 'BadSyntax'],
    ['botNotRegistered', 401, 'BotNotRegistered'],
    ['conversationBlockedByUser', 403, 'ConversationBlockedByUser'],
    ['botNotInConversationRoster', 403, 'BotNotInConversationRoster'],
    ['forbiddenOperation', 403, 'ForbiddenOperationException'],
    ['botDisabledByAdmin', 403, 'BotDisabledByAdmin'],
    ['notEnoughPermissions', 403, 'NotEnoughPermissions'],
    ['conversationNotFound', 404, 'ConversationNotFound'],
    ['activityNotFound', 404, 'ActivityNotFoundInConversation'],
    ['notSupported', 405, 'MethodNotAllowed'],
    ['preconditionFailed', 412, 'PreconditionFailed'],
    ['messageSizeTooBig', 413, 'MessageSizeTooBig'],
    ['throttled', 429, 'Throttled'],
    ['serviceError', 500, 'ServiceError'],
    ['badGateway', 502, 'BadGateway'],
    ['unavailable', 503, 'ServiceUnavailable'],
    ['gatewayTimeout', 504, 'GatewayTimeout'],
    ['blocked', 403, 'ConversationBlockedByUser'],
    ['deactivated', 404, 'ConversationNotFound'],
    ['unauthorized', 401, 'BotNotRegistered'],
    ['flood', 429, 'Throttled'],
  ])('%s is %d %s', async (kind, status, code) => {
    await trouble([{ do: { kind } }]);
    expect(await sandbox.codeOf(ANN)).toEqual([status, code]);
    expect(await counts()).toMatchObject({ accepted: 0, refused: 1, trouble: { [kind]: 1 } });
    expect(await chat()).toMatchObject({ messages: [] });
  });

  it('of too many requests names the time to wait', async () => {
    await trouble([{ do: { kind: 'throttled', retryAfter: 7 } }]);
    expect(await sandbox.post(ANN)).toMatchObject({ status: 429, retryAfter: '7' });
  });

  it.each([
    ['reset_before', 0],
    ['reset_after', 1],
  ])('%s cuts the connection', async (kind, accepted) => {
    await trouble([{ do: { kind } }]);
    await expect(sandbox.post(ANN)).rejects.toThrow();
    expect(await counts()).toMatchObject({ accepted, refused: 1 - accepted });
    expect(await sandbox.record()).toMatchObject([{ status: 0 }]);
  });

  it('of a server may hide that the work was done', async () => {
    await trouble([{ times: 1, do: { kind: 'bad_gateway', executed: true } }]);
    expect((await sandbox.post(ANN)).status).toBe(502);
    expect((await sandbox.post(ANN)).status).toBe(201);
    expect(await counts()).toMatchObject({ accepted: 2, duplicates: 1 });
  });

  it('meets some people, or a share of them, the same ones for ever', async () => {
    await trouble([{ chat: ANN, do: { kind: 'blocked' } }]);
    expect((await sandbox.post(ANN)).status).toBe(403);
    expect((await sandbox.post(BOB)).status).toBe(201);
    const share = { of: 2, is: chatShare(receiverNumber(ANN), 2) };
    await trouble([{ share, do: { kind: 'deactivated' } }]);
    expect((await sandbox.post(ANN)).status).toBe(404);
  });

  it('is a limit of a second, too', async () => {
    await trouble([], { perSecond: 2 });
    const statuses = [];
    for (let index = 0; index < 3; index += 1) statuses.push((await sandbox.post(ANN)).status);
    expect(statuses).toEqual([201, 201, 429]);
    expect(await counts()).toMatchObject({ flooded: 1 });
  });

  it.each([
    [{ do: { kind: 'dance' } }, 'rules[0].do.kind'],
    [{ chat: 5, do: { kind: 'blocked' } }, 'rules[0].chat'],
    [{ do: { kind: 'blocked', retryAfter: 5 } }, 'rules[0].do.retryAfter'],
    [{ do: { kind: 'throttled', retryAfter: -1 } }, 'rules[0].do.retryAfter'],
  ])('%j is refused by the name of its field', async (rule, field) => {
    const { status, body } = await trouble([rule]);
    expect({ status, error: body.error }).toEqual({
      status: 400,
      error: expect.stringContaining(field),
    });
  });
});

describe('a webhook', () => {
  const received: {
    readonly bearer: string;
    readonly activity: Readonly<Record<string, unknown>>;
  }[] = [];
  let hook: Awaited<ReturnType<typeof openCallee>>;
  beforeAll(async () => {
    hook = await openCallee(({ headers, body }, response) => {
      const activity = JSON.parse(body) as Readonly<Record<string, unknown>>;
      received.push({ bearer: headers.authorization ?? '', activity });
      response.end();
    });
    await sandbox.admin('PUT', `bots/${APP_ID}`, { webhook: hook.url });
    await sandbox.post(ANN);
  });
  beforeEach(() => {
    received.length = 0;
  });
  afterAll(() => hook.close());
  const update = (fields: object) =>
    sandbox.admin('POST', 'updates', { bot: APP_ID, chat: ANN, ...fields });
  const press = (fields: object) =>
    sandbox.admin('POST', 'press', { bot: APP_ID, chat: ANN, ...fields });
  const seen = () => received.map(({ activity }) => activity);
  const json = (text: string | undefined) =>
    JSON.parse(Buffer.from(text ?? '', 'base64url').toString()) as Readonly<
      Record<string, unknown>
    >;
  const published = async () => {
    const at = async (url: string) => (await (await fetch(url)).json()) as { jwks_uri: string };
    const { jwks_uri: url } = await at(`${sandbox.url}/skype/v1/.well-known/openidconfiguration`);
    const { keys } = (await at(url)) as unknown as {
      readonly keys: readonly { readonly kid: string; readonly endorsements: readonly string[] }[];
    };
    return keys;
  };

  it('gets tokens that a published key has signed, for this bot and from its service', async () => {
    await update({ kind: 'say', text: 'Hello', firstName: 'Ann' });
    const [{ bearer, activity } = { bearer: '', activity: {} }] = received;
    const [head, claims, signature] = bearer.slice('Bearer '.length).split('.');
    const key = (await published()).find(({ kid }) => kid === json(head)['kid']);
    expect(json(head)).toMatchObject({ alg: 'RS256' });
    expect(key!.endorsements).toContain('skype');
    const publicKey = createPublicKey({ key: key as JsonWebKey, format: 'jwk' });
    const signed = Buffer.from(`${head}.${claims}`);
    expect(verify('RSA-SHA256', signed, publicKey, Buffer.from(signature!, 'base64url'))).toBe(
      true,
    );
    const serviceUrl = `${sandbox.url}/skype`;
    expect(json(claims)).toMatchObject({
      iss: 'https://api.botframework.com',
      aud: APP_ID,
      serviceurl: serviceUrl,
    });
    expect(activity).toMatchObject({
      type: 'message',
      channelId: 'skype',
      serviceUrl,
      from: { id: ANN, name: 'Ann' },
      conversation: { id: ANN },
      text: 'Hello',
    });
  });

  it('gets tokens of a new key when there is one, and the old stays published', async () => {
    const { kid } = (await sandbox.admin('POST', 'keys')).body as unknown as { kid: string };
    await update({ kind: 'say', text: 'Hello' });
    expect(json(received[0]!.bearer.slice('Bearer '.length).split('.')[0])['kid']).toBe(kid);
    expect((await published()).length).toBeGreaterThan(1);
  });

  it('hears who leaves, who is then refused, and who comes', async () => {
    await update({ kind: 'block' });
    expect(await sandbox.codeOf(ANN)).toEqual([403, 'ConversationBlockedByUser']);
    expect(await chat()).toMatchObject({ blocked: true });
    await update({ kind: 'start' });
    expect((await sandbox.post(ANN)).status).toBe(201);
    await update({ kind: 'leave' });
    expect((await sandbox.post(ANN)).status).toBe(403);
    await update({ kind: 'join', firstName: 'Ann' });
    expect((await sandbox.post(ANN)).status).toBe(201);
    await update({ kind: 'react' });
    expect(seen()).toMatchObject([
      { type: 'contactRelationUpdate', action: 'remove', from: { id: ANN } },
      { type: 'contactRelationUpdate', action: 'add' },
      { type: 'conversationUpdate', membersRemoved: [{ id: ANN }] },
      { type: 'conversationUpdate', membersAdded: [{ id: ANN, name: 'Ann' }] },
      { type: 'messageReaction' },
    ]);
  });

  it('hears a press as words, but none of a link', async () => {
    const messageBack = { type: 'messageBack', title: 'Back', text: 'c:back', value: { a: 1 } };
    const attachments = [card([openUrl, postBack]), card([messageBack])];
    await sandbox.post(ANN, message({ attachments }));
    expect((await press({ button: 0 })).body).toEqual({ url: 'https://a.b/r/x' });
    expect((await press({ button: 1 })).body).toEqual({ status: 200 });
    expect((await press({ button: 2 })).body).toEqual({ status: 200 });
    expect((await press({ button: 3 })).status).toBe(404);
    expect((await press({ button: 0, messageId: 'none' })).status).toBe(404);
    expect(seen()).toMatchObject([
      { type: 'message', text: 'c:ref', from: { id: ANN } },
      { type: 'message', text: 'c:back', value: { a: 1 } },
    ]);
    expect(await counts()).toMatchObject({ presses: 3 });
  });

  it('may hear the same several times, from the service that the bot wrote to or from another', async () => {
    await sandbox.post(ANN, message(), '/skype/emea');
    await update({ kind: 'say', text: 'Hi', copies: 3 });
    await update({ kind: 'say', text: 'Hi', serviceUrl: 'https://elsewhere.example' });
    expect(
      new Set(
        seen()
          .slice(0, 3)
          .map(({ id }) => id),
      ).size,
    ).toBe(1);
    expect(seen().map(({ serviceUrl }) => serviceUrl)).toEqual([
      ...Array.from({ length: 3 }, () => `${sandbox.url}/skype/emea`),
      'https://elsewhere.example',
    ]);
  });

  it('hears any activity that a test has written', async () => {
    const told = { type: 'invoke', id: 'mine', channelId: 'msteams' };
    expect((await update({ update: told })).body).toEqual({ status: 200 });
    expect(seen()).toMatchObject([{ ...told, serviceUrl: expect.any(String) }]);
    expect((await update({ update: {} })).status).toBe(400);
    expect((await update({ kind: 'dance' })).status).toBe(400);
  });

  it('is set where the bot is registered, or not at all', async () => {
    expect((await sandbox.admin('PUT', `bots/${APP_ID}`, { webhook: 'nowhere' })).status).toBe(400);
    const told = await sandbox.admin('POST', 'updates', { bot: 'other', chat: ANN, kind: 'start' });
    expect(told.body).toEqual({ status: 0, reason: 'no_webhook' });
  });
});

describe('what is no part of the Connector', () => {
  it('is not found', async () => {
    for (const [method, path] of [
      ['GET', '/skype/v3/conversations/x/activities'],
      ['POST', '/skype/v3/conversations'],
      ['POST', '/skype/login'],
    ] as const)
      expect((await fetch(sandbox.url + path, { method })).status).toBe(404);
  });
});
