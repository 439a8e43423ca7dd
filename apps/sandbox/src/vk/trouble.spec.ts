import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chatShare } from '../hash.ts';
import { ANN, openVkSandbox } from './testing/open-vk-sandbox.ts';

const BOB = 8_042_192;

let sandbox: Awaited<ReturnType<typeof openVkSandbox>>;
beforeAll(async () => {
  sandbox = await openVkSandbox();
});
beforeEach(() => sandbox.clear());
afterAll(() => sandbox.close());

describe('trouble', () => {
  it.each([...[18, 37, 900, 901, 902, 917, 922, 927, 932, 945, 946, 950, 1021]])(
    'error %d stands beside the recipient',
    async (code) => {
      await sandbox.trouble([{ chat: ANN, do: { kind: 'error', code } }]);
      const { response } = await sandbox.send({ peer_ids: `${ANN},${BOB}` });
      expect(response).toMatchObject([{ peer_id: ANN, error: { code } }, { peer_id: BOB }]);
      expect(await sandbox.counts()).toMatchObject({ accepted: 1, refused: 1 });
    },
  );

  it.each([
    ...[1, 3, 4, 5, 7, 8, 9, 10, 12, 13, 14, 15, 20, 27, 28, 29, 36, 43, 100, 113, 203],
    ...[910, 911, 912, 913, 914, 921, 936, 940, 943, 944, 984, 4242],
  ])('error %d stops the call', async (code) => {
    await sandbox.trouble([{ chat: ANN, do: { kind: 'error', code } }]);
    expect(await sandbox.codeOf({ peer_ids: `${ANN},${BOB}` })).toBe(code);
    expect(await sandbox.counts()).toMatchObject({ accepted: 0, refused: 2 });
  });

  it.each([
    ['blocked', undefined],
    ['deactivated', undefined],
    ['unauthorized', 5],
    ['flood', 6],
  ])('has the word %s of every channel', async (kind, code) => {
    await sandbox.trouble([{ do: { kind } }]);
    expect(await sandbox.codeOf({})).toBe(code);
    expect(await sandbox.counts()).toMatchObject({ accepted: 0, refused: 1 });
  });

  it('may be told for another scope', async () => {
    await sandbox.trouble([{ chat: ANN, do: { kind: 'error', code: 901, scope: 'call' } }]);
    expect(await sandbox.codeOf({ peer_ids: `${ANN},${BOB}` })).toBe(901);
    await sandbox.trouble([{ chat: ANN, do: { kind: 'error', code: 6, scope: 'peer' } }]);
    expect((await sandbox.send({ peer_ids: `${ANN},${BOB}` })).response).toMatchObject([
      { error: { code: 6 } },
      { peer_id: BOB },
    ]);
  });

  it.each([
    ['reset_before', 0],
    ['reset_after', 1],
  ])('%s cuts the connection', async (kind, accepted) => {
    await sandbox.trouble([{ do: { kind } }]);
    await expect(sandbox.send()).rejects.toThrow();
    expect(await sandbox.counts()).toMatchObject({ accepted, refused: 1 - accepted });
    expect(await sandbox.record()).toMatchObject([{ status: 0 }]);
  });

  it('of a server may hide that the work was done, which a repeat finds out', async () => {
    await sandbox.trouble([{ times: 1, do: { kind: 'bad_gateway', executed: true } }]);
    await expect(sandbox.send()).rejects.toThrow('HTTP 502');
    const [{ message_id: id } = {}] = await sandbox.chat();
    expect((await sandbox.send()).response).toMatchObject([{ message_id: id }]);
    expect(await sandbox.counts()).toMatchObject({ accepted: 1, trouble: { repeated: 1 } });
  });

  it('meets a share of the recipients, the same ones for ever', async () => {
    const share = { of: 2, is: chatShare(ANN, 2) };
    await sandbox.trouble([{ share, do: { kind: 'blocked' } }]);
    expect((await sandbox.send()).response).toMatchObject([{ error: { code: 901 } }]);
  });

  it.each([
    [{ do: { kind: 'dance' } }, 'rules[0].do.kind'],
    [{ do: { kind: 'error' } }, 'code'],
    [{ do: { kind: 'error', code: 6, scope: 'all' } }, 'scope'],
    [{ chat: 'x', do: { kind: 'blocked' } }, 'rules[0].chat'],
    [{ do: { kind: 'reset_after', scope: 'call' } }, 'scope'],
  ])('%j is refused by the name of its field', async (rule, field) => {
    const { status, body } = await sandbox.trouble([rule]);
    expect({ status, error: body.error }).toEqual({
      status: 400,
      error: expect.stringContaining(field),
    });
  });
});
