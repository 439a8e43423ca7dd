export {
  Connector,
  type Assets,
  type Compiled,
  type ContentProblem,
  type MediaReader,
  type Part,
  type Press,
  type RenderTarget,
  type SendResult,
  type Sender,
  type WebhookEvent,
  type WebhookReading,
  type WebhookRequest,
} from './connector.ts';
export { ContentRules, problem, type ContentLimits, type Room } from './content/content-rules.ts';
export { CredentialsRefused, UploadRefused } from './errors.ts';
export { ApiServers, type ApiServer, type ApiServersOptions } from './http/api-servers.ts';
export { exchange, type Exchanged } from './http/exchange.ts';
export { FillableText, shortened } from './text/fill.ts';
export {
  isBlank,
  joinRichTexts,
  parsePlainText,
  parseRichText,
  withFallbacks,
  type RichText,
  type Span,
  type Style,
} from './text/rich-text.ts';
export { renderedOnce } from './render-once.ts';
export { groupsOf, Together, type Letter } from './together.ts';
export { isSameSecret, nameOfEvent, signatureOf } from './webhook.ts';
export { hasVariables, isVisible, type TextFault, type Variable } from './text/variables.ts';
