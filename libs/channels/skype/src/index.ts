export { SkypeConnector, type SkypeOptions } from './skype-connector.ts';
export { SKYPE_IS_OFF } from './skype-is-off.ts';
