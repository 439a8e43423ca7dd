import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { WebhookEvent, WebhookReading, WebhookRequest } from '../connector.ts';
import type { Happening, Reader } from './connector-facts.ts';
import { forgeriesOf } from './forgeries.ts';
import { openHook, type Hook } from './hook.ts';
import type { Stage } from './stage.ts';

const eventsIn = (reading: WebhookReading): readonly WebhookEvent[] =>
  reading.authentic ? reading.events : [];

/** What every connector promises about the calls that the messenger makes to its webhook. */
export const callsSuite = (stage: Stage): void => {
  const { facts } = stage;
  const { happenings } = facts;

  describe('a call', () => {
    let hook: Hook;
    let people = 0;
    beforeAll(async () => {
      hook = await openHook((call) => stage.connector.readWebhook(stage.sender, call));
      await stage.register(hook.url);
      await stage.connector.connect(stage.sender, hook.url);
    });
    beforeEach(() => {
      hook.clear();
    });
    afterAll(() => hook.close());

    const read = (call: WebhookRequest, sender = stage.sender) =>
      stage.connector.readWebhook(sender, call);
    /** Has it happen to somebody new, who got a message before. */
    const happen = async ({ path, fields }: Happening): Promise<Reader> => {
      const address = facts.addressOf((people += 1));
      const sent = await stage.sendText({ address });
      const reader = { address, messageId: sent.result === 'accepted' ? sent.id : '' };
      await stage.tell(path, address, fields(reader));
      return reader;
    };

    it.each(happenings)('tells of $title', async (happening) => {
      const reader = await happen(happening);
      expect(hook.calls).toHaveLength(1);
      expect(hook.events()).toMatchObject(happening.events(reader));
    });

    it.each(happenings)('says the same when it is replayed: $title', async (happening) => {
      await happen(happening);
      const [call] = hook.calls;
      await expect(Promise.resolve(read(call!))).resolves.toEqual(hook.readings[0]);
    });

    it.each(happenings)('is believed of nobody else: $title', async (happening) => {
      await happen(happening);
      const [call] = hook.calls;
      for (const forged of forgeriesOf(call!, facts.signature))
        expect(await read(forged)).toEqual({ authentic: false });
      const another = {
        ...stage.sender,
        credentials: { ...stage.sender.credentials, ...facts.another },
      };
      expect(await read(call!, another)).toEqual({ authentic: false });
    });

    it('comes again while it is not answered, under the same names', async () => {
      hook.beAway(1);
      const reader = await happen(happenings[0]!);
      const [first, again] = hook.readings.map(eventsIn);
      expect(first).toMatchObject(happenings[0]!.events(reader));
      expect(again!.map(({ dedupe }) => dedupe)).toEqual(first!.map(({ dedupe }) => dedupe));
    });

    it('has names that no other call has', async () => {
      for (const happening of happenings) await happen(happening);
      const names = hook.readings.map((reading) => [
        ...new Set(eventsIn(reading).map(({ dedupe }) => dedupe)),
      ]);
      expect(new Set(names.flat()).size).toBe(names.flat().length);
      for (const name of names.flat()) expect(name).toMatch(/^[\w-]{8,32}$/);
    });
  });
};
