import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Part, SendResult } from '@crier/connector';
import {
  openScriptedServer,
  type ScriptedAnswer,
  type ScriptedServer,
} from '@crier/connector/testing';
import { VkConnector } from '../index.ts';
import { senderAt } from '../testing/vk-facts.ts';

let server: ScriptedServer;
let connector: VkConnector;
beforeEach(async () => {
  server = await openScriptedServer();
  connector = new VkConnector({
    version: '1.0.0',
    apiUrl: server.url,
    timeoutMs: 300,
    assumed: { requestsPerSecond: 1000 },
  });
});
afterEach(async () => {
  await connector.close();
  await server.close();
});

const said = (message: string): Part => ({
  method: 'messages.send',
  body: JSON.stringify({ random_id: 7, message }),
});
const item = (peer: number) => ({ peer_id: peer, message_id: 800 + peer });
const answered = (response: unknown, more: object = {}): ScriptedAnswer => ({
  status: 200,
  body: JSON.stringify({ response, ...more }),
});
const failed = (code: number, message = ''): ScriptedAnswer => ({
  status: 200,
  body: JSON.stringify({ error: { error_code: code, error_msg: message } }),
});
const accepted = (peer: number): SendResult => ({ result: 'accepted', id: String(800 + peer) });
/** Sends in one turn: pairs of who and what. */
const sendAll = (...letters: readonly (readonly [peer: number, message: string])[]) => {
  const sender = senderAt(server.url);
  return Promise.all(
    letters.map(([peer, message]) => connector.send(sender, String(peer), said(message))),
  );
};
const requests = () => server.bodies.map((body) => Object.fromEntries(new URLSearchParams(body)));

describe('messages of one turn', () => {
  it('share a call where they say the same, and a program where they do not', async () => {
    server.answerNext(answered([[item(2), item(1)], [item(3)]]));
    await expect(sendAll([1, 'Hi'], [3, 'Ho'], [2, 'Hi'])).resolves.toEqual(
      [1, 3, 2].map(accepted),
    );
    expect(requests()).toEqual([
      {
        v: '5.199',
        code: 'return [API.messages.send({"random_id":7,"message":"Hi","peer_ids":"1,2"}),API.messages.send({"random_id":7,"message":"Ho","peer_ids":"3"})];',
      },
    ]);
  });

  it('are a plain call where all say the same', async () => {
    server.answerNext(answered([item(1), { ...item(2), error: { code: 901 } }]));
    const [first, second] = await sendAll([1, 'Hi'], [2, 'Hi']);
    expect(first).toEqual(accepted(1));
    expect(second).toMatchObject({ result: 'gone', status: 'unsubscribed' });
    expect(requests()).toEqual([{ v: '5.199', random_id: '7', message: 'Hi', peer_ids: '1,2' }]);
  });

  it('are literals whatever they hold', async () => {
    const evil = '"}),API.account.ban({}) // \u2028\\ \n\u{1F600}';
    server.answerNext(answered([[item(1)], [item(2)]]));
    await sendAll([1, evil], [2, 'Hi']);
    const { code = '' } = requests()[0] ?? {};
    expect(code).not.toMatch(/\u2028/);
    const literals = code
      .slice('return [API.messages.send('.length, -3)
      .split('),API.messages.send(');
    expect(JSON.parse(literals.slice(0, -1).join('),API.messages.send('))).toMatchObject({
      message: evil,
    });
  });

  it('hear of failed calls by their order', async () => {
    const errors = [
      { method: 'messages.send', error_code: 911, error_msg: '' },
      { method: 'messages.send', error_code: 10, error_msg: '' },
    ];
    server.answerNext(answered([false, [item(2)], false, 804], { execute_errors: errors }));
    const results = await sendAll([1, 'a'], [2, 'b'], [3, 'c'], [4, 'd']);
    expect(results).toMatchObject([
      { result: 'content_refused' },
      accepted(2),
      { result: 'later', reason: 'internal_error', pause: 'recipient' },
      accepted(4),
    ]);
  });

  it('are in doubt where a program says nothing of them', async () => {
    server.answerNext(answered([[item(1)]]));
    expect(await sendAll([1, 'a'], [2, 'b'])).toMatchObject([accepted(1), { result: 'unknown' }]);
    server.answerNext(answered([[item(1)], false]));
    expect(await sendAll([1, 'a'], [2, 'b'])).toMatchObject([accepted(1), { result: 'unknown' }]);
  });

  it.each([
    ['an error of the program', failed(13), { result: 'later', reason: 'runtime_error' }],
    ['a cut connection', 'reset' as const, { result: 'unknown', reason: 'reset' }],
    ['silence', 'silence' as const, { result: 'unknown', reason: 'timeout' }],
  ])('have all the same result after %s', async (_, answer, result) => {
    server.answerNext(answer);
    expect(await sendAll([1, 'a'], [2, 'b'], [3, 'b'])).toMatchObject([result, result, result]);
  });

  it('twice the same to one person is one message', async () => {
    server.answerNext(answered([item(1)]));
    await expect(sendAll([1, 'Hi'], [1, 'Hi'])).resolves.toEqual([accepted(1), accepted(1)]);
    expect(requests()).toMatchObject([{ peer_ids: '1' }]);
  });

  it('do not fail for an address that is none', async () => {
    server.answerNext(answered([item(1)]));
    const sender = senderAt(server.url);
    const results = await Promise.all(
      ['1', '2,3', 'x', '0'].map((address) => connector.send(sender, address, said('Hi'))),
    );
    expect(results[0]).toEqual(accepted(1));
    for (const result of results.slice(1)) expect(result).toMatchObject({ result: 'gone' });
  });
});

describe('messages that come while all connections are taken', () => {
  it('wait for one, and for company', async () => {
    const slow = new VkConnector({
      version: '1.0.0',
      apiUrl: server.url,
      timeoutMs: 300,
      connections: 1,
      assumed: { requestsPerSecond: 1000 },
    });
    server.answerNext('silence', answered([item(2), item(3)]));
    const send = (peer: number) => slow.send(senderAt(server.url), String(peer), said('Hi'));
    const first = send(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const second = send(2);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const results = await Promise.all([first, second, send(3)]);
    expect(results).toMatchObject([{ result: 'unknown' }, accepted(2), accepted(3)]);
    expect(server.bodies).toHaveLength(2);
    await slow.close();
  });
});

describe('a call that one of its recipients spoils', () => {
  /** Answers for a server that knows everybody but one. */
  const script = (bad: number, ...calls: readonly (readonly number[])[][]) => {
    for (const groups of calls) {
      const outcomes = groups.map((peers) => (peers.includes(bad) ? false : peers.map(item)));
      const errors = outcomes
        .filter((outcome) => outcome === false)
        .map(() => ({ method: 'messages.send', error_code: 113, error_msg: 'Invalid user id' }));
      server.answerNext(answered(outcomes, { execute_errors: errors }));
    }
  };

  it.each([
    [113, 'Invalid user id'],
    [100, 'One of the parameters specified was missing or invalid: peer_ids'],
    [936, 'Contact not found'],
  ])('is halved until only that one fails (%d)', async (code, message) => {
    server.answerNext(failed(code, message));
    script(
      3,
      [
        [1, 2],
        [3, 4],
      ],
      [[3], [4]],
    );
    const results = await sendAll([1, 'Hi'], [2, 'Hi'], [3, 'Hi'], [4, 'Hi']);
    expect(results).toMatchObject([
      accepted(1),
      accepted(2),
      { result: 'gone', status: 'disabled' },
      accepted(4),
    ]);
    expect(server.bodies).toHaveLength(3);
  });

  it('is halved in a program too, while the others are done', async () => {
    script(2, [[1, 2], [3]], [[1], [2]]);
    const results = await sendAll([1, 'Hi'], [2, 'Hi'], [3, 'Ho']);
    expect(results).toMatchObject([accepted(1), { result: 'gone' }, accepted(3)]);
  });

  it('is not halved where its content is to blame', async () => {
    server.answerNext(failed(100, 'One of the parameters specified was missing: attachment'));
    expect(await sendAll([1, 'Hi'], [2, 'Hi'])).toMatchObject([
      { result: 'content_refused' },
      { result: 'content_refused' },
    ]);
    expect(server.bodies).toHaveLength(1);
  });
});

describe('a program that does not compile', () => {
  it('leaves call by call, so that only the one to blame fails', async () => {
    server.answerNext(
      failed(12, 'Unable to compile code'),
      answered([item(1)]),
      failed(911, 'Keyboard format is invalid'),
      answered([item(3), item(4)]),
    );
    const results = await sendAll([1, 'a'], [2, 'b'], [3, 'c'], [4, 'c']);
    expect(results).toMatchObject([
      accepted(1),
      { result: 'content_refused', reason: 'keyboard_invalid' },
      accepted(3),
      accepted(4),
    ]);
    expect(requests().map(({ peer_ids: peers }) => peers)).toEqual([undefined, '1', '2', '3,4']);
  });
});
