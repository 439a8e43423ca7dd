import type { Audience } from '@crier/contracts';
import type { RoutingTable } from '../domain/route.ts';

/** The moment at which every question of the suites is asked. */
export const NOW = '2026-03-01T12:00:00.000Z';

/** Two Telegram bots and one each on Viber and VK, all able to send. */
export const world: RoutingTable = {
  bots: { tele: 'telegram', tele2: 'telegram', vib: 'viber', vk: 'vk' },
  contentFor: ['telegram', 'viber', 'vk'],
  served: ['telegram', 'viber', 'vk'],
};

export const everybody: Audience = { filter: { all: [] }, route: 'main' };

/** The bots of {@link world}. */
export const channelOf = (botId: string) =>
  Object.hasOwn(world.bots, botId) ? world.bots[botId] : undefined;
