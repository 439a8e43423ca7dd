export { knownChannels, openConnectors, type ConnectorsOptions } from './connectors.ts';
export { SKYPE_IS_OFF } from '@crier/channel-skype';
