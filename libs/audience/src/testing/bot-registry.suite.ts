import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BotRegistry, type Bot } from '../application/bot-registry.ts';

const bot = (id: string, more: Partial<Bot> = {}): Bot => ({
  id,
  channel: 'telegram',
  name: `Bot ${id}`,
  credentials: { token: `secret-${id}` },
  rate: 25,
  ...more,
});

/** The promises of {@link BotRegistry}, for every adapter. */
export const describeBotRegistry = (
  adapter: string,
  open: () => Promise<{ readonly port: BotRegistry; readonly close: () => Promise<void> }>,
): void => {
  describe(`BotRegistry: ${adapter}`, () => {
    let registry: BotRegistry;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ port: registry, close } = await open());
    });
    afterAll(() => close());

    it('gives back a whole bot', async () => {
      const whole = bot('whole', {
        channel: 'vk',
        credentials: { token: 't', secret: 'Ключ \u{1F511}' },
        apiUrl: 'http://127.0.0.1:8081/vk',
        forwardTo: 'https://chat.example/hook',
      });
      await registry.put(whole);
      await expect(registry.get('whole')).resolves.toEqual(whole);
    });

    it('knows nothing of a bot that was never put', async () => {
      await expect(registry.get('nobody')).resolves.toBeUndefined();
      await expect(registry.remove('nobody')).resolves.toBe(false);
    });

    it('replaces a bot of the same id, and shows it in the list at once', async () => {
      await registry.put(bot('changing'));
      await expect(registry.list()).resolves.toContainEqual(bot('changing'));
      const changed = bot('changing', { rate: 5, credentials: { token: 'other' } });
      await registry.put(changed);
      await expect(registry.list()).resolves.toContainEqual(changed);
      await expect(registry.get('changing')).resolves.toEqual(changed);
    });

    it('lists in order of id', async () => {
      await registry.put(bot('z'));
      await registry.put(bot('a'));
      const ids = (await registry.list()).map(({ id }) => id);
      expect(ids).toEqual(ids.toSorted());
    });

    it('forgets a removed bot', async () => {
      await registry.put(bot('leaving'));
      await expect(registry.remove('leaving')).resolves.toBe(true);
      await expect(registry.get('leaving')).resolves.toBeUndefined();
      expect((await registry.list()).map(({ id }) => id)).not.toContain('leaving');
    });

    it('is unavailable after it is closed', async () => {
      const other = await open();
      await other.close();
      await expect(other.port.put(bot('late'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    });
  });
};
