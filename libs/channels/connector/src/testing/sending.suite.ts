import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connector, SendResult } from '../connector.ts';
import type { ConnectorFacts } from './connector-facts.ts';
import { someTarget } from './content.suite.ts';
import { openScriptedServer, type ScriptedAnswer, type ScriptedServer } from './scripted-server.ts';

const TIMEOUT_MS = 300;

/** What every connector promises about a request. */
export const sendingSuite = (facts: ConnectorFacts): void => {
  let server: ScriptedServer;
  let connector: Connector;
  beforeAll(async () => {
    server = await openScriptedServer();
    connector = facts.open({ apiUrl: server.url, timeoutMs: TIMEOUT_MS });
  });
  afterAll(async () => {
    await connector.close();
    await server.close();
  });

  const sendTo = (apiUrl: string): Promise<SendResult> => {
    const [part] = connector.compile(facts.good, {}).render(someTarget(facts.address));
    return connector.send(facts.sender(apiUrl), facts.address, part!);
  };
  const sent = (answer: ScriptedAnswer) => {
    server.answerNext(answer);
    return sendTo(server.url);
  };

  describe('send', () => {
    it('gives the id of what was accepted', async () => {
      await expect(sent(facts.accepted.answer)).resolves.toEqual({
        result: 'accepted',
        id: facts.accepted.id,
      });
    });

    it.each(facts.refusals)('reads the answer: $title', async ({ answer, result }) => {
      await expect(sent(answer)).resolves.toEqual(result);
    });

    it.each([
      ['a cut connection', 'reset', 'reset'],
      ['silence', 'silence', 'timeout'],
      ['half an answer', { status: 200, body: '{"ok":tr' }, 'garbage'],
      ['no answer at all in a body', { status: 200, body: '' }, 'garbage'],
    ] as const)('is in doubt after %s', async (_, answer, reason) => {
      await expect(sent(answer)).resolves.toEqual({ result: 'unknown', reason });
    });

    it('is in no doubt where nothing was written', async () => {
      const unreachable = { result: 'later', reason: 'unreachable', pause: 'bot', afterMs: 1000 };
      await expect(sendTo('http://127.0.0.1:1')).resolves.toEqual(unreachable);
      await expect(sendTo('http://nowhere.invalid')).resolves.toEqual(unreachable);
    });

    it('keeps requests apart that are under way together', async () => {
      server.answerNext(...Array.from({ length: 20 }, () => facts.accepted.answer));
      const results = await Promise.all(Array.from({ length: 20 }, () => sendTo(server.url)));
      for (const result of results) expect(result.result).toBe('accepted');
    });

    it('lets no secret out', async () => {
      const { credentials } = facts.sender(server.url);
      const echo = JSON.stringify(credentials);
      const results = [
        await sent({ status: 401, body: echo }),
        await sent({ status: 500, body: echo }),
        await sent({ status: 400, body: echo }),
        await sendTo('http://127.0.0.1:1'),
      ];
      for (const secret of Object.values(credentials))
        expect(JSON.stringify(results)).not.toContain(secret);
    });

    it('has a result for a bot without credentials, and for one with broken ones', async () => {
      const broken = Object.keys(facts.sender(server.url).credentials).map((name) => [
        name,
        '\r\n/',
      ]);
      for (const credentials of [{}, Object.fromEntries(broken) as Record<string, string>]) {
        const sender = { id: 'bot', credentials, apiUrl: server.url };
        server.answerNext({ status: 401, body: '{}' });
        const part = connector.compile(facts.good, {}).render(someTarget(facts.address))[0]!;
        const result = await connector.send(sender, facts.address, part);
        expect(result.result).not.toBe('accepted');
      }
    });
  });
};
