export { TelegramConnector, type TelegramOptions } from './telegram-connector.ts';
