import type { Bot } from '@crier/audience';
import { openConnectors } from '@crier/channels';
import type { Connector } from '@crier/connector';
import type { Capabilities } from '@crier/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConnectorBots } from './connector-bots.ts';

const bot = (channel: string, credentials: Readonly<Record<string, string>> = {}): Bot => ({
  id: 'one',
  channel,
  name: '',
  credentials,
  rate: 25,
});

describe('secrets that are made up', () => {
  let connectors: readonly Connector[];
  let bots: ConnectorBots;
  beforeAll(() => {
    connectors = openConnectors(['telegram'], { version: 'test', connections: 1, apis: {} });
    const announced = connectors.flatMap(({ capabilities }): Capabilities[] => [
      { ...capabilities, ownSecrets: ['webhookSecret'] },
      { ...capabilities, channel: 'pigeon', ownSecrets: ['coo', 'feather'] },
    ]);
    bots = new ConnectorBots({
      connectors,
      announced: () => Promise.resolve(announced),
      webhookUrlOf: () => undefined,
    });
  });
  afterAll(() => Promise.all(connectors.map((connector) => connector.close())));

  it('are those that a bot of an announced channel lacks, other ones for each bot', async () => {
    const one = await bots.secretsFor(bot('pigeon', { coo: 'mine' }));
    const other = await bots.secretsFor(bot('pigeon', { coo: 'mine' }));
    expect([Object.keys(one), Object.keys(other)]).toEqual([['feather'], ['feather']]);
    expect(one).not.toEqual(other);
  });

  it('are none to show where the messenger is told them, or nobody speaks the channel', async () => {
    await expect(bots.secretsFor(bot('telegram', { token: 't' }))).resolves.toEqual({});
    await expect(bots.secretsFor(bot('parrot'))).resolves.toEqual({});
  });
});
