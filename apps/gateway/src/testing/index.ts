export { GatewayWorld, type WorldOptions } from './gateway-world.ts';
