import { describe, expect, it } from '@jest/globals';
import { badCredentials } from './bad-credentials.ts';
import { acceptedIn, NOWHERE, type Stage } from './stage.ts';

const TOGETHER = 20;

/** What every connector promises about a request. */
export const sendingSuite = (stage: Stage): void => {
  const { facts } = stage;
  const idOf = facts.sandbox.idOf;

  describe('send', () => {
    it('brings every part of good content, in order, under the ids that were recorded', async () => {
      const assets = await facts.assets?.(stage.connector, stage.sender);
      const results = await stage.send(facts.good, { assets: assets ?? {} });
      const recorded = acceptedIn(await stage.record());
      const messages = await stage.received();
      // An album is one part, and several messages.
      const ids = results.map((result) =>
        result.result === 'accepted' ? result.id.split(',') : [],
      );
      expect(ids.map(([first]) => first)).toEqual(
        recorded.map(({ messageId }) => String(messageId)),
      );
      expect(ids.flat()).toEqual(messages.map(idOf));
      expect(messages).toMatchObject(facts.arrives);
    });

    it.each(facts.refusals)('reads the answer: $title', async ({ answer, result }) => {
      await stage.trouble({ kind: 'answer', ...answer });
      await expect(stage.sendText()).resolves.toEqual(result);
    });

    it.each([
      ['a connection cut before the work', { kind: 'reset_before' }, 'reset', 0],
      ['a connection cut after it', { kind: 'reset_after' }, 'reset', 1],
      ['silence before the work', { kind: 'timeout_before' }, 'timeout', 0],
      ['silence after it', { kind: 'timeout_after' }, 'timeout', 1],
      ['the page of a proxy', { kind: 'bad_gateway', executed: true }, expect.any(String), 1],
      ['half an answer', { kind: 'answer', status: 200, body: '{"ok":tr' }, 'garbage', 0],
      ['no answer at all in a body', { kind: 'answer', status: 200, body: '' }, 'garbage', 0],
    ])('is in doubt after %s', async (_, deed, reason, arrived) => {
      await stage.trouble(deed);
      const result = await stage.sendText({ connector: stage.impatient });
      expect(result).toEqual({ result: 'unknown', reason });
      await expect(stage.received()).resolves.toHaveLength(arrived);
    });

    // Demo, benchmarks and trials know these words for every channel.
    it.each([
      ['blocked', { result: 'gone' }],
      ['deactivated', { result: 'gone' }],
      ['unauthorized', { result: 'bot_stopped', reason: 'unauthorized' }],
      ['flood', { result: 'later', reason: expect.any(String), pause: 'bot' }],
    ])('meets what every sandbox calls %s', async (kind, result) => {
      await stage.trouble(kind === 'flood' ? { kind, retryAfter: 1 } : { kind });
      await expect(stage.sendText()).resolves.toMatchObject(result);
    });

    it('is in no doubt where nothing was written', async () => {
      const unreachable = { result: 'later', reason: 'unreachable', pause: 'bot', afterMs: 1000 };
      for (const apiUrl of [NOWHERE, 'http://nowhere.invalid'])
        await expect(stage.sendText({ sender: facts.sender(apiUrl) })).resolves.toEqual(
          unreachable,
        );
    });

    it('keeps requests apart that are under way together', async () => {
      const people = Array.from({ length: TOGETHER }, (_, index) => facts.addressOf(index));
      const nameOf = (index: number): string => `Ann${index}x`;
      const results = await Promise.all(
        people.map((address, index) =>
          stage.sendText({ address, variables: { first_name: nameOf(index) } }),
        ),
      );
      for (const [index, address] of people.entries()) {
        const messages = await stage.received(address);
        expect(results[index]).toEqual({ result: 'accepted', id: messages.map(idOf).join() });
        expect(JSON.stringify(messages)).toContain(nameOf(index));
      }
    });

    it('lets no secret out', async () => {
      const { credentials } = stage.sender;
      const body = JSON.stringify(credentials);
      const results = [await stage.sendText({ sender: facts.sender(NOWHERE) })];
      for (const status of [200, 400, 401, 403, 404, 429, 500]) {
        await stage.trouble({ kind: 'answer', status, body });
        results.push(await stage.sendText());
      }
      for (const secret of Object.values(credentials))
        expect(JSON.stringify(results)).not.toContain(secret);
    });

    it('has repeats dropped by their key exactly where it says so', async () => {
      const { idempotent } = stage.connector.capabilities;
      await stage.trouble({ kind: 'reset_after' }, { times: 1 });
      await expect(stage.sendText()).resolves.toMatchObject({ result: 'unknown' });
      const again = await stage.sendText();
      const messages = await stage.received();
      expect(messages).toHaveLength(idempotent ? 1 : 2);
      expect(again).toEqual({ result: 'accepted', id: idOf(messages.at(-1)!) });
    });

    it.each(badCredentials)('stops a bot with %s', async (_, credentials) => {
      const sender = { ...stage.sender, credentials: credentials(stage) };
      await expect(stage.sendText({ sender })).resolves.toMatchObject({ result: 'bot_stopped' });
      await expect(stage.received()).resolves.toEqual([]);
    });
  });
};
