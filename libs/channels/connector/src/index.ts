export {
  Connector,
  type Assets,
  type Compiled,
  type ContentProblem,
  type MediaReader,
  type Part,
  type RenderTarget,
  type SendResult,
  type Sender,
  type WebhookEvent,
  type WebhookReading,
  type WebhookRequest,
} from './connector.ts';
