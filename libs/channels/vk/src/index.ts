export { warnings } from './content/warnings.ts';
export { VkConnector, type VkOptions } from './vk-connector.ts';
