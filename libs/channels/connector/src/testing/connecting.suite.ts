import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { badCredentials } from './bad-credentials.ts';
import { openHook } from './hook.ts';
import { NOWHERE, type Stage } from './stage.ts';

/** What every connector promises about a bot that is connected. */
export const connectingSuite = (stage: Stage): void => {
  const { facts } = stage;
  const { name, path } = facts.sandbox;

  describe('a bot', () => {
    it('is connected under its name, once or again, with a webhook or without', async () => {
      const hook = await openHook((call) => stage.connector.readWebhook(stage.sender, call));
      for (const url of [undefined, hook.url, hook.url])
        await expect(stage.connector.connect(stage.sender, url)).resolves.toEqual({ name });
      await hook.close();
    });

    it.each(badCredentials)('is not connected with %s', async (_, credentials) => {
      const sender = { ...stage.sender, credentials: credentials(stage) };
      const connecting = stage.connector.connect(sender, undefined);
      await expect(connecting).rejects.toMatchObject({ code: 'CREDENTIALS_REFUSED' });
      const error: unknown = await connecting.catch((each: unknown) => each);
      for (const secret of Object.values(sender.credentials))
        expect(inspect(error)).not.toContain(secret);
    });

    it('is not connected while nobody answers', async () => {
      const alone = facts.open({ timeoutMs: 500, sandboxUrl: NOWHERE });
      const connecting = alone.connect(facts.sender(NOWHERE + path), undefined);
      await expect(connecting).rejects.toMatchObject({ code: 'UNAVAILABLE', verdict: 'retry' });
      await alone.close();
    });
  });
};
