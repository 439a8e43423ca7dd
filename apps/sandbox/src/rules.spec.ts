import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chatShare } from './hash.ts';
import type { Rule, TroublePlan } from './rules.ts';
import { fetched, openSandbox, TOKEN, type OpenSandbox } from './testing/open-sandbox.ts';

let sandbox: OpenSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
  await sandbox.admin('PUT', 'bots/222:second', {});
});
beforeEach(() => sandbox.clear());
afterAll(() => sandbox.close());

const arrange = async (plan: Partial<TroublePlan>) => {
  const { status } = await sandbox.admin('PUT', 'trouble', plan);
  expect(status).toBe(200);
};
const happens = (kind: object, where: Partial<Rule> = {}) =>
  arrange({ rules: [{ ...where, do: kind as Rule['do'] }] });
const send = (chat_id = 5, token = TOKEN) =>
  sandbox.call('sendMessage', { chat_id, text: 'Hi' }, token);
const counts = async () => (await sandbox.admin('GET', 'counts')).body;

describe('refusals', () => {
  it.each([
    ['blocked', 403, 'Forbidden: bot was blocked by the user'],
    ['deactivated', 403, 'Forbidden: user is deactivated'],
    ['never_started', 403, "Forbidden: bot can't initiate conversation with a user"],
    ['chat_not_found', 400, 'Bad Request: chat not found'],
    ['markup_too_long', 400, 'Bad Request: reply markup is too long'],
    ['bad_url', 400, 'Bad Request: wrong HTTP URL specified'],
    ['unauthorized', 401, 'Unauthorized'],
    ['server_error', 500, 'Internal Server Error: restart'],
    ['service_unavailable', 503, 'Service Unavailable'],
  ])('%s', async (kind, status, description) => {
    await happens({ kind });
    expect(await send()).toMatchObject({ status, body: { ok: false, description } });
    expect(await counts()).toMatchObject({
      requests: 1,
      accepted: 0,
      refused: 1,
      trouble: { [kind]: 1 },
    });
  });

  it('say that HTML cannot be parsed', async () => {
    await happens({ kind: 'cant_parse' });
    expect((await send()).body.description).toContain("Bad Request: can't parse entities");
  });

  it('flood in body and header', async () => {
    await happens({ kind: 'flood', retryAfter: 7 });
    const answer = await send();
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(answer).toMatchObject({
      status: 429,
      body: { description: 'Too Many Requests: retry after 7', parameters: { retry_after: 7 } },
    });
    expect(await counts()).toMatchObject({ refused: 1, flooded: 1 });
  });

  it('name the supergroup that a group became', async () => {
    await happens({ kind: 'migrate', to: -1001 }, { chat: -5 });
    expect((await send(-5)).body.parameters).toEqual({ migrate_to_chat_id: -1001 });
    expect((await send(-1001)).status).toBe(200);
  });

  it('hit methods that send nothing as well', async () => {
    await happens({ kind: 'unauthorized' }, { method: 'getMe' });
    expect((await sandbox.call('getMe', {})).status).toBe(401);
    expect((await send()).status).toBe(200);
  });
});

describe('lost answers', () => {
  const patience = () =>
    fetch(`${sandbox.url}/bot${TOKEN}/sendMessage?chat_id=5&text=Hi`, {
      signal: AbortSignal.timeout(150),
    });

  it.each([
    ['reset_before', 0],
    ['reset_after', 1],
    ['timeout_before', 0],
    ['timeout_after', 1],
  ])('%s: executed %d times', async (kind, accepted) => {
    await happens({ kind });
    await expect(patience()).rejects.toThrow();
    expect(await counts()).toMatchObject({ requests: 1, accepted });
    expect(await sandbox.lines()).toMatchObject([{ accepted: accepted === 1, status: 0 }]);
  });

  it.each([false, true])('garbage and bad gateways, executed: %s', async (executed) => {
    await happens({ kind: 'garbage', executed });
    expect(await send()).toMatchObject({ status: 200, body: expect.any(String) });
    await happens({ kind: 'bad_gateway', executed });
    expect(await send()).toMatchObject({
      status: 502,
      body: expect.stringContaining('<html>'),
    });
    expect(await counts()).toMatchObject({ requests: 2, accepted: executed ? 2 : 0 });
  });
});

describe('an answer', () => {
  const told = { kind: 'answer', status: 402, body: '<b>Pay', headers: { 'retry-after': 'soon' } };

  it('comes word for word, and nothing is done', async () => {
    await happens(told, { times: 1 });
    const { status, headers, body } = await send();
    expect({ status, body }).toEqual({ status: 402, body: '<b>Pay' });
    expect(headers.get('retry-after')).toBe('soon');
    expect(headers.get('content-type')).toBe('application/json');
    expect((await send()).status).toBe(200);
    expect(await counts()).toMatchObject({ accepted: 1, refused: 1, trouble: { answer: 1 } });
    expect(await sandbox.lines()).toMatchObject([{ accepted: false, status: 402 }, {}]);
  });

  it('may be empty, and of any type', async () => {
    await happens({ ...told, body: '', headers: { 'content-type': 'text/plain' } });
    const { headers, body } = await send();
    expect({ body, type: headers.get('content-type') }).toEqual({ body: '', type: 'text/plain' });
  });

  it.each(['facebook', 'skype', 'viber', 'vk', 'webhook'])('is known to %s', async (channel) => {
    const plan = { rules: [{ do: { ...told, body: undefined } }] };
    const { status, body } = await fetched(`${sandbox.url}/sandbox/${channel}/trouble`, {
      method: 'PUT',
      body: JSON.stringify(plan),
    });
    expect({ status, error: body.error }).toEqual({
      status: 400,
      error: 'rules[0].do.body must be a text',
    });
  });
});

describe('latency', () => {
  it('executes at once, answers later, and lets the next rules speak', async () => {
    await arrange({
      latencyMs: 40,
      rules: [{ do: { kind: 'latency', ms: 40 } }, { chat: 6, do: { kind: 'blocked' } }],
    });
    const before = performance.now();
    const answer = send(5);
    expect((await answer).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(79);
    expect((await send(6)).status).toBe(403);
    expect((await counts()).trouble).toEqual({ latency: 2, blocked: 1 });
  });
});

describe('a rule', () => {
  it('concerns its bot, its chats and its method', async () => {
    await happens({ kind: 'blocked' }, { bot: '222:second', chat: [5, 6], method: 'sendmessage' });
    expect((await send(5)).status).toBe(200);
    expect((await send(7, '222:second')).status).toBe(200);
    expect((await send(6, '222:second')).status).toBe(403);
  });

  it('concerns a stable share of all chats', async () => {
    await happens({ kind: 'blocked' }, { share: { of: 4, is: 1 } });
    const chats = Array.from({ length: 40 }, (_, index) => 1_000_000_000_000 + index);
    for (const chat of chats)
      expect((await send(chat)).status).toBe(chatShare(chat, 4) === 1 ? 403 : 200);
  });

  it('concerns every nth request of a chat, so many times in all', async () => {
    await happens({ kind: 'blocked' }, { nth: 2, times: 2 });
    const statuses = [];
    for (const chat of [5, 6, 5, 6, 5, 5]) statuses.push((await send(chat)).status);
    expect(statuses).toEqual([200, 200, 403, 403, 200, 200]);
  });

  it('goes before the rules behind it, and all end with DELETE', async () => {
    await arrange({ rules: [{ do: { kind: 'blocked' }, times: 1 }, { do: { kind: 'bad_url' } }] });
    expect([(await send()).status, (await send()).status]).toEqual([403, 400]);
    await sandbox.admin('DELETE', 'trouble');
    expect((await send()).status).toBe(200);
  });

  it.each([
    [{ rules: [{ do: { kind: 'nothing' } }] }, 'rules[0].do.kind'],
    [{ rules: [{ chat: 'five', do: { kind: 'blocked' } }] }, 'rules[0].chat'],
    [{ rules: [{ do: { kind: 'flood' } }] }, 'rules[0].do.retryAfter'],
    [{ rules: [{ do: { kind: 'answer', body: '' } }] }, 'rules[0].do.status'],
    [{ rules: [{ do: { kind: 'answer', status: 199, body: '' } }] }, 'rules[0].do.status'],
    [{ rules: [{ do: { kind: 'answer', status: 600, body: '' } }] }, 'rules[0].do.status'],
    [{ rules: [{ do: { kind: 'answer', status: 200, body: {} } }] }, 'rules[0].do.body'],
    [
      { rules: [{ do: { kind: 'answer', status: 200, body: '', headers: { a: 1 } } }] },
      'rules[0].do.headers.a',
    ],
    [
      { rules: [{ do: { kind: 'answer', status: 200, body: '', headers: { 'a b': '' } } }] },
      'rules[0].do.headers.a b',
    ],
    [
      { rules: [{ do: { kind: 'answer', status: 200, body: '', headers: { a: '\n' } } }] },
      'rules[0].do.headers.a',
    ],
    [{ rules: [{ do: { kind: 'answer', status: 200, body: '', code: 5 } }] }, 'rules[0].do.code'],
    [{ rules: [{ do: { kind: 'reset_after', executed: true } }] }, 'rules[0].do.executed'],
    [{ rules: [{ share: { of: 2, is: 2 }, do: { kind: 'blocked' } }] }, 'rules[0].share.is'],
    [{ rules: [{ chats: 5, do: { kind: 'blocked' } }] }, 'rules[0].chats'],
    [{ rules: 5 }, 'rules'],
    [{ perSecond: 0 }, 'perSecond'],
  ])('is refused as %j', async (plan, field) => {
    const { status, body } = await sandbox.admin('PUT', 'trouble', plan);
    expect({ status, error: body.error }).toEqual({
      status: 400,
      error: expect.stringContaining(field),
    });
  });
});

describe('the rate limit', () => {
  it('floods a bot beyond its starts of a second, and no other bot', async () => {
    await arrange({ rules: [], perSecond: 3 });
    const statuses = [];
    for (let index = 0; index < 5; index += 1) statuses.push((await send()).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect((await send(5, '222:second')).status).toBe(200);
    expect(await counts()).toMatchObject({ requests: 6, accepted: 4, flooded: 2 });
  });
});

describe('chatShare', () => {
  it('spreads neighbouring chats evenly', () => {
    const slots = [0, 0, 0, 0, 0];
    for (let chat = 1; chat <= 10_000; chat += 1) {
      const slot = chatShare(chat, 5);
      slots[slot] = (slots[slot] ?? 0) + 1;
    }
    for (const count of slots) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  it('stays the same for ever', () => {
    expect([1, 5_000_000_000, -1_001_234_567_890].map((chat) => chatShare(chat, 1000))).toEqual([
      727, 203, 871,
    ]);
  });
});
