export { grantedRate } from './limits.ts';
export { ViberConnector, type ViberOptions } from './viber-connector.ts';
