import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connector, WebhookReading } from '../connector.ts';
import type { ConnectorFacts } from './connector-facts.ts';

const FOREIGN: WebhookReading = { authentic: true, events: [], foreign: true };

/** What every connector promises about webhook calls. */
export const webhookSuite = (facts: ConnectorFacts): void => {
  let connector: Connector;
  const sender = facts.sender('http://127.0.0.1:1');
  beforeAll(() => {
    connector = facts.open({ apiUrl: 'http://127.0.0.1:1', timeoutMs: 500 });
  });
  afterAll(() => connector.close());
  const reading = (body: string, signature: 'true' | 'forged' | 'missing' = 'true') =>
    connector.readWebhook(sender, facts.webhook(body, signature));

  describe('readWebhook', () => {
    it.each(facts.updates)('reads $title', ({ body, reading: expected }) => {
      expect(reading(body)).toMatchObject({ authentic: true, ...expected });
    });

    it.each(facts.updates)('knows $title again when it comes twice', ({ body }) => {
      const dedupes = (read: WebhookReading) =>
        read.authentic ? read.events.map(({ dedupe }) => dedupe) : [];
      const first = dedupes(reading(body));
      expect(dedupes(reading(body))).toEqual(first);
      for (const dedupe of first) expect(dedupe).toMatch(/^[\w-]{8,32}$/);
    });

    it.each(facts.updates)('believes nobody else about $title', ({ body }) => {
      expect(reading(body, 'forged')).toEqual({ authentic: false });
      expect(reading(body, 'missing')).toEqual({ authentic: false });
    });

    it('believes nobody for a bot without a secret', () => {
      const request = facts.webhook('{}', 'true');
      expect(connector.readWebhook({ id: 'bot', credentials: {} }, request)).toEqual({
        authentic: false,
      });
    });

    it.each([
      ['garbage', '{"update'],
      ['nothing', ''],
      ['null', 'null'],
      ['a list', '[1]'],
      ['more than 1 MB', JSON.stringify({ text: 'x'.repeat(1024 * 1024) })],
    ])('leaves %s to others', (_, body) => {
      expect(reading(body)).toEqual(FOREIGN);
    });
  });
};
