export { WebhookConnector, type WebhookOptions } from './webhook-connector.ts';
