import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chatShare } from '../hash.ts';
import { openVkSandbox, TOKEN } from './testing/open-vk-sandbox.ts';

const ANN = 8_042_191;
const BOB = 8_042_192;

let sandbox: Awaited<ReturnType<typeof openVkSandbox>>;
beforeAll(async () => {
  sandbox = await openVkSandbox();
});
beforeEach(() => sandbox.clear());
afterAll(() => sandbox.close());

const counts = async () => (await sandbox.admin('GET', 'counts')).body;
const trouble = (rules: readonly object[], more: object = {}) =>
  sandbox.admin('PUT', 'trouble', { rules, ...more });
const chat = async (peer = ANN) =>
  (await sandbox.admin('GET', `bots/${TOKEN}/chats/${peer}`)).body.messages as readonly Readonly<
    Record<string, unknown>
  >[];
const send = (params: Readonly<Record<string, string | number>> = {}) =>
  sandbox.call('messages.send', { peer_ids: `${ANN}`, random_id: 7, message: 'Hi', ...params });
const codeOf = async (params: Readonly<Record<string, string | number>>) =>
  (await send(params)).error?.error_code;

describe('trouble', () => {
  it.each([...[18, 37, 900, 901, 902, 917, 922, 927, 932, 945, 946, 950, 1021]])(
    'error %d stands beside the recipient',
    async (code) => {
      await trouble([{ chat: ANN, do: { kind: 'error', code } }]);
      const { response } = await send({ peer_ids: `${ANN},${BOB}` });
      expect(response).toMatchObject([{ peer_id: ANN, error: { code } }, { peer_id: BOB }]);
      expect(await counts()).toMatchObject({ accepted: 1, refused: 1 });
    },
  );

  it.each([
    ...[1, 3, 4, 5, 7, 8, 9, 10, 12, 13, 14, 15, 20, 27, 28, 29, 36, 43, 100, 113, 203],
    ...[910, 911, 912, 913, 914, 921, 936, 940, 943, 944, 984, 4242],
  ])('error %d stops the call', async (code) => {
    await trouble([{ chat: ANN, do: { kind: 'error', code } }]);
    expect(await codeOf({ peer_ids: `${ANN},${BOB}` })).toBe(code);
    expect(await counts()).toMatchObject({ accepted: 0, refused: 2 });
  });

  it.each([
    ['blocked', undefined],
    ['deactivated', undefined],
    ['unauthorized', 5],
    ['flood', 6],
  ])('has the word %s of every channel', async (kind, code) => {
    await trouble([{ do: { kind } }]);
    expect(await codeOf({})).toBe(code);
    expect(await counts()).toMatchObject({ accepted: 0, refused: 1 });
  });

  it('may be told for another scope', async () => {
    await trouble([{ chat: ANN, do: { kind: 'error', code: 901, scope: 'call' } }]);
    expect(await codeOf({ peer_ids: `${ANN},${BOB}` })).toBe(901);
    await trouble([{ chat: ANN, do: { kind: 'error', code: 6, scope: 'peer' } }]);
    expect((await send({ peer_ids: `${ANN},${BOB}` })).response).toMatchObject([
      { error: { code: 6 } },
      { peer_id: BOB },
    ]);
  });

  it.each([
    ['reset_before', 0],
    ['reset_after', 1],
  ])('%s cuts the connection', async (kind, accepted) => {
    await trouble([{ do: { kind } }]);
    await expect(send()).rejects.toThrow();
    expect(await counts()).toMatchObject({ accepted, refused: 1 - accepted });
    expect(await sandbox.record()).toMatchObject([{ status: 0 }]);
  });

  it('of a server may hide that the work was done, which a repeat finds out', async () => {
    await trouble([{ times: 1, do: { kind: 'bad_gateway', executed: true } }]);
    await expect(send()).rejects.toThrow('HTTP 502');
    const [{ message_id: id } = {}] = await chat();
    expect((await send()).response).toMatchObject([{ message_id: id }]);
    expect(await counts()).toMatchObject({ accepted: 1, trouble: { repeated: 1 } });
  });

  it('meets a share of the recipients, the same ones for ever', async () => {
    const share = { of: 2, is: chatShare(ANN, 2) };
    await trouble([{ share, do: { kind: 'blocked' } }]);
    expect((await send()).response).toMatchObject([{ error: { code: 901 } }]);
  });

  it.each([
    [{ do: { kind: 'dance' } }, 'rules[0].do.kind'],
    [{ do: { kind: 'error' } }, 'code'],
    [{ do: { kind: 'error', code: 6, scope: 'all' } }, 'scope'],
    [{ chat: 'x', do: { kind: 'blocked' } }, 'rules[0].chat'],
    [{ do: { kind: 'reset_after', scope: 'call' } }, 'scope'],
  ])('%j is refused by the name of its field', async (rule, field) => {
    const { status, body } = await trouble([rule]);
    expect({ status, error: body.error }).toEqual({
      status: 400,
      error: expect.stringContaining(field),
    });
  });
});
