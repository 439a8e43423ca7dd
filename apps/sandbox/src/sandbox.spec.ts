import { describe, expect, it } from '@jest/globals';
import { sandboxConfig } from './config.ts';
import { startSandbox } from './sandbox.ts';
import { openSandbox, TOKEN } from './testing/open-sandbox.ts';

describe('startSandbox', () => {
  it('says that its port is taken', async () => {
    const first = await startSandbox();
    const port = Number(new URL(first.url).port);
    await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'CANNOT_LISTEN' });
    await first.close();
  });

  it('closes at once although an answer is owed and an update is under way', async () => {
    const sandbox = await openSandbox();
    const rules = [{ method: 'sendMessage', do: { kind: 'timeout_after' } }];
    await sandbox.admin('PUT', 'trouble', { rules });
    await sandbox.call('setWebhook', { url: 'http://127.0.0.1:9' });
    const owed = [
      sandbox.call('sendMessage', { chat_id: 5, text: 'Hi' }),
      sandbox.admin('POST', 'updates', { bot: TOKEN, kind: 'start', chat: 5 }),
    ];
    const outcomes = Promise.allSettled(owed);
    while ((await sandbox.admin('GET', 'counts')).body.accepted === 0);
    const before = performance.now();
    await sandbox.close();
    expect((await outcomes).map(({ status }) => status)).toContain('rejected');
    expect(performance.now() - before).toBeLessThan(1000);
  });
});

describe('the environment', () => {
  it('has defaults', () => {
    expect(sandboxConfig({})).toEqual({
      host: '127.0.0.1',
      port: 8081,
      acceptAnyToken: false,
      demo: false,
    });
  });

  it('is read', () => {
    const environment = {
      CRIER_SANDBOX_HOST: '0.0.0.0',
      CRIER_SANDBOX_PORT: '0',
      CRIER_SANDBOX_ACCEPT_ANY: 'true',
    };
    expect(sandboxConfig(environment)).toEqual({
      host: '0.0.0.0',
      port: 0,
      acceptAnyToken: true,
      demo: false,
    });
  });

  it('is refused with every fault named', () => {
    const environment = { CRIER_SANDBOX_PORT: 'http', CRIER_SANDBOX_ACCEPT_ANY: 'maybe' };
    expect(() => sandboxConfig(environment)).toThrow(/SANDBOX_PORT.*SANDBOX_ACCEPT_ANY/);
  });
});
