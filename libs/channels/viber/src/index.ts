export { ViberConnector, type ViberOptions } from './viber-connector.ts';
