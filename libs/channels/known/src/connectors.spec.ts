import { afterAll, describe, expect, it } from '@jest/globals';
import { knownChannels, openConnectors } from './index.ts';

const connectors = openConnectors([...knownChannels, 'pigeon'], {
  version: '1.0.0',
  connections: 1,
  apis: {},
});
afterAll(async () => {
  for (const connector of connectors) await connector.close();
});

describe('the channels that come with Crier', () => {
  it('are the five of the help page, and whoever nobody knows is none', () => {
    expect(connectors.map(({ channel }) => channel).toSorted()).toEqual([
      ...['facebook', 'skype', 'telegram', 'viber', 'vk'],
    ]);
  });

  it.each(connectors.map((connector) => [connector.channel, connector] as const))(
    '%s says what it can do under its own name',
    (channel, { capabilities }) => {
      expect(capabilities).toMatchObject({ channel, version: '1.0.0' });
      expect(capabilities.elements).toContain('text');
      expect(capabilities.buttons).toEqual(expect.arrayContaining(['link', 'message', 'buy']));
      expect(capabilities.rate.standard).toBeLessThanOrEqual(capabilities.rate.most);
    },
  );

  it('announce another rate for Viber where the team was granted one', async () => {
    const options = { version: '1.0.0', connections: 1, apis: {}, viberRate: 45_000 };
    const [viber] = openConnectors(['viber'], options);
    const asPublished = connectors.find(({ channel }) => channel === 'viber');
    expect(viber?.capabilities.rate).toEqual({
      ...asPublished?.capabilities.rate,
      most: 45_000,
    });
    expect(asPublished?.capabilities.rate.most).toBe(15_000);
    await viber?.close();
  });

  it('report what the help page says: Facebook and Viber both, VK openings, the others nothing', () => {
    const reports = Object.fromEntries(
      connectors.map(({ channel, capabilities }) => [channel, capabilities.reports]),
    );
    expect(reports).toEqual({
      facebook: { delivered: true, opened: true },
      viber: { delivered: true, opened: true },
      vk: { delivered: false, opened: true },
      telegram: { delivered: false, opened: false },
      skype: { delivered: false, opened: false },
    });
  });
});
