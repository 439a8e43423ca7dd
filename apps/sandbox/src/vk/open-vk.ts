import { Admin } from '../admin.ts';
import type { StandIn } from '../sandbox.ts';
import { VkMethodApi } from './vk-api.ts';
import { vkSide } from './vk-side.ts';
import { VkWorld } from './world.ts';

/** A stand-in for VK's API under `/vk`, with its admin API under `/sandbox/vk`. */
export const openVk = (acceptAnyToken: boolean): StandIn => {
  const world = new VkWorld(acceptAnyToken);
  const api = new VkMethodApi(world);
  return {
    channel: 'vk',
    admin: new Admin(vkSide(world)),
    handle: (request, response, at) => api.handle(request, response, at),
    close: () => world.servers.close(),
  };
};
