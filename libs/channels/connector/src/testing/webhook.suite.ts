import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connector, WebhookReading } from '../connector.ts';
import type { ConnectorFacts } from './connector-facts.ts';

/** What a dispatcher takes of a call. */
const MOST_BYTES = 1024 * 1024;
const FOREIGN: WebhookReading = { authentic: true, events: [], foreign: true };

/** What every connector promises about webhook calls. */
export const webhookSuite = (facts: ConnectorFacts): void => {
  let connector: Connector;
  const sender = facts.sender('http://127.0.0.1:1');
  beforeAll(() => {
    connector = facts.open({ timeoutMs: 500 });
  });
  afterAll(() => connector.close());
  const reading = async (
    body: string,
    signature: 'true' | 'forged' | 'missing' = 'true',
  ): Promise<WebhookReading> => connector.readWebhook(sender, await facts.webhook(body, signature));

  describe('readWebhook', () => {
    it.each(facts.updates)('reads $title', async ({ body, reading: expected }) => {
      await expect(reading(body)).resolves.toMatchObject({ authentic: true, ...expected });
    });

    it.each(facts.updates)('knows $title again when it comes twice', async ({ body }) => {
      const dedupes = (read: WebhookReading) =>
        read.authentic ? read.events.map(({ dedupe }) => dedupe) : [];
      const first = dedupes(await reading(body));
      expect(dedupes(await reading(body))).toEqual(first);
      for (const dedupe of first) expect(dedupe).toMatch(/^[\w-]{8,32}$/);
    });

    it.each(facts.updates)('believes nobody else about $title', async ({ body }) => {
      expect(await reading(body, 'forged')).toEqual({ authentic: false });
      expect(await reading(body, 'missing')).toEqual({ authentic: false });
    });

    it('believes nobody for a bot without a secret', async () => {
      const request = await facts.webhook('{}', 'true');
      expect(await connector.readWebhook({ id: 'bot', credentials: {} }, request)).toEqual({
        authentic: false,
      });
    });

    it.each([
      ['garbage', '{"update'],
      ['nothing', ''],
      ['null', 'null'],
      ['a list', '[1]'],
    ])('leaves %s to others', async (_, body) => {
      expect(await reading(body)).toMatchObject(FOREIGN);
    });

    it('reads calls of 1 MB, and leaves any that is larger to others', async () => {
      const { body } = facts.updates.find(({ reading: { events = [] } }) => events.length > 0)!;
      const padded = (count: number) => `${body.slice(0, -1)},"padding":"${'x'.repeat(count)}"}`;
      const { rawBody } = await facts.webhook(padded(0), 'true');
      const room = MOST_BYTES - rawBody.length;
      expect(await reading(padded(room))).toEqual(await reading(body));
      expect(await reading(padded(room + 1))).toMatchObject(FOREIGN);
    });
  });
};
