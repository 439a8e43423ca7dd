import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SendResult } from '@crier/connector';
import { openServer, someTarget, type LocalServer } from '@crier/connector/testing';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { FacebookConnector } from '../index.ts';
import { TOKEN, senderAt } from '../testing/facebook-facts.ts';

interface Seen {
  readonly url: string;
  readonly body: string;
}
interface Batch {
  readonly access_token: string;
  readonly include_headers: boolean;
  readonly batch: readonly { method: string; relative_url: string; body: string }[];
}

type Ending = readonly [title: string, act: (response: ServerResponse) => void, reason: string];

let seen: Seen[] = [];
let answer: (sent: Batch, response: ServerResponse) => void;
let server: LocalServer;
const connector = new FacebookConnector({ version: '1.0.0', timeoutMs: 300 });

const write = (response: ServerResponse, body: unknown, status = 200): void => {
  response.statusCode = status;
  response.end(JSON.stringify(body));
};
const recipientOf = (form: string): string =>
  (JSON.parse(new URLSearchParams(form).get('recipient')!) as { readonly id: string }).id;
const accepted = (form: string) => ({
  code: 200,
  body: JSON.stringify({ recipient_id: recipientOf(form), message_id: `m_${recipientOf(form)}` }),
});
const refused = (error: object, code = 400) => ({ code, body: JSON.stringify({ error }) });

beforeAll(async () => {
  server = await openServer((request: IncomingMessage, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push({ url: request.url ?? '', body });
      answer(JSON.parse(body) as Batch, response);
    });
  });
});
beforeEach(() => {
  seen = [];
  answer = ({ batch }, response) =>
    write(
      response,
      batch.map(({ body }) => accepted(body)),
    );
});
afterAll(async () => {
  await connector.close();
  await server.close();
});

const content = connector.compile([{ type: 'text', text: 'Hi {{name | you}} & all = 100%' }], {});
const addresses = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}`);
const sendTo = (people: readonly string[], more: Readonly<Record<string, string>> = {}) => {
  const sender = senderAt(server.url, more);
  return Promise.all(
    people.map((address) => {
      const [part] = content.render(someTarget(address, { name: `№${address}` }));
      return connector.send(sender, address, part!);
    }),
  );
};
const each = (result: SendResult, count = 3) => Array.from({ length: count }, () => result);

describe('a message that is sent alone', () => {
  it('is a request of its own, with no secret in its address', async () => {
    answer = (_, response) => write(response, { recipient_id: '1', message_id: 'm_alone' });
    await expect(sendTo(['1'])).resolves.toEqual([{ result: 'accepted', id: 'm_alone' }]);
    expect(seen.map(({ url }) => url)).toEqual(['/v25.0/me/messages']);
    expect(JSON.parse(seen[0]!.body)).toEqual({
      access_token: TOKEN,
      recipient: { id: '1' },
      messaging_type: 'UPDATE',
      message: { text: 'Hi №1 & all = 100%', metadata: '1000' },
    });
  });

  it('names the version that the bot wants', async () => {
    answer = (_, response) => write(response, { message_id: 'm_1' });
    await sendTo(['1'], { graphVersion: 'v26.0' });
    expect(seen[0]!.url).toBe('/v26.0/me/messages');
  });

  it.each(['26', 'v26.0/../..', ''])('is not sent by version %j', async (graphVersion) => {
    await expect(sendTo(['1'], { graphVersion })).resolves.toEqual([
      { result: 'bot_stopped', reason: 'unauthorized' },
    ]);
    expect(seen).toEqual([]);
  });
});

describe('messages that are sent in the same turn', () => {
  it('leave in one batch, each with its own words, and hear of their own', async () => {
    await expect(sendTo(addresses(3))).resolves.toEqual(
      addresses(3).map((address) => ({ result: 'accepted', id: `m_${address}` })),
    );
    expect(seen.map(({ url }) => url)).toEqual(['/']);
    const {
      access_token: token,
      include_headers: headers,
      batch,
    } = JSON.parse(seen[0]!.body) as Batch;
    expect({ token, headers }).toEqual({ token: TOKEN, headers: false });
    expect(batch).toHaveLength(3);
    for (const [index, { method, relative_url: url, body }] of batch.entries()) {
      expect({ method, url }).toEqual({ method: 'POST', url: 'v25.0/me/messages' });
      expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
        recipient: JSON.stringify({ id: `${index + 1}` }),
        messaging_type: 'UPDATE',
        message: JSON.stringify({ text: `Hi №${index + 1} & all = 100%`, metadata: '1000' }),
      });
    }
  });

  it('fill as many batches of fifty as they need, and a last one goes alone', async () => {
    answer = ({ batch, ...alone }, response) => {
      const { recipient } = alone as unknown as { readonly recipient?: { readonly id: string } };
      if (recipient !== undefined) write(response, { message_id: `m_${recipient.id}` });
      else
        write(
          response,
          batch.map(({ body }) => accepted(body)),
        );
    };
    expect(connector.batch).toBe(50);
    const people = addresses(101);
    await expect(sendTo(people)).resolves.toEqual(
      people.map((address) => ({ result: 'accepted', id: `m_${address}` })),
    );
    const sizes = seen.map(({ body }) => (JSON.parse(body) as Partial<Batch>).batch?.length ?? 1);
    expect(sizes.toSorted((a, b) => a - b)).toEqual([1, 50, 50]);
  });

  it('are judged each by its own answer', async () => {
    const answers = [
      refused({ code: 551, message: '(#551)' }),
      null,
      { code: 200, body: '{"message_id":"m_3"}' },
      refused({ code: 10, error_subcode: 2018278 }),
      refused({ code: 613 }),
      refused({ code: 31337 }, 500),
      { code: 502, body: '<html>' },
      { code: 200, body: null },
      { code: 200, body: '{}' },
      'nonsense',
    ];
    answer = (_, response) => write(response, answers);
    await expect(sendTo(addresses(answers.length + 1))).resolves.toEqual([
      { result: 'gone', reason: 'unavailable', status: 'blocked' },
      { result: 'unknown', reason: 'unfinished' },
      { result: 'accepted', id: 'm_3' },
      { result: 'refused', reason: 'outside_window' },
      { result: 'later', reason: 'flood', afterMs: 5000, pause: 'bot', grows: true },
      { result: 'unknown', reason: 'server_error' },
      { result: 'unknown', reason: 'bad_gateway' },
      { result: 'unknown', reason: 'garbage' },
      { result: 'unknown', reason: 'garbage' },
      { result: 'unknown', reason: 'garbage' },
      { result: 'unknown', reason: 'unfinished' },
    ]);
  });

  it.each([
    [
      'a dead token',
      { error: { code: 190 } },
      401,
      { result: 'bot_stopped', reason: 'unauthorized' },
    ],
    [
      'a limit',
      { error: { code: 4 } },
      403,
      { result: 'later', reason: 'flood', afterMs: 5000, pause: 'bot', grows: true },
    ],
    ['a broken server', {}, 502, { result: 'unknown', reason: 'bad_gateway' }],
    ['one id for all', { message_id: 'm_1' }, 200, { result: 'unknown', reason: 'garbage' }],
  ] as const)('share %s', async (_, body, status, result) => {
    answer = (_batch, response) => write(response, body, status);
    await expect(sendTo(addresses(3))).resolves.toEqual(each(result));
  });

  it.each([
    [
      'a cut connection',
      (response: ServerResponse) => void response.socket?.resetAndDestroy(),
      'reset',
    ],
    ['silence', () => undefined, 'timeout'],
    ['half an answer', (response: ServerResponse) => void response.end('[{"code":200,'), 'garbage'],
  ] satisfies readonly Ending[])('are all in doubt after %s', async (_, act, reason) => {
    answer = (_batch, response) => {
      act(response);
    };
    await expect(sendTo(addresses(3))).resolves.toEqual(each({ result: 'unknown', reason }));
  });

  it('are all in no doubt where nothing was written', async () => {
    const [part] = content.render(someTarget('1'));
    const sender = senderAt('http://127.0.0.1:1');
    await expect(
      Promise.all(addresses(3).map((address) => connector.send(sender, address, part!))),
    ).resolves.toEqual(
      each({ result: 'later', reason: 'unreachable', afterMs: 1000, pause: 'bot' }),
    );
  });

  it('are not sent by a bot whose token cannot be one', async () => {
    await expect(sendTo(addresses(3), { token: 'no\r\ntoken' })).resolves.toEqual(
      each({ result: 'bot_stopped', reason: 'unauthorized' }),
    );
    expect(seen).toEqual([]);
  });
});
