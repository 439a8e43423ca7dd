export { FacebookConnector, type FacebookOptions } from './facebook-connector.ts';
