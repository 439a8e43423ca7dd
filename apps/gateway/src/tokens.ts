/** Injection tokens of what is no class. */
export const LOG = Symbol('Log');
export const GATEWAY_CONFIG = Symbol('GatewayConfig');
