import type { Element } from '@crier/contracts';
import type {
  Connector,
  SendResult,
  Sender,
  WebhookReading,
  WebhookRequest,
} from '../connector.ts';
import type { ScriptedAnswer } from './scripted-server.ts';

/** Content that a channel cannot show, and why: pairs of path and code, all of them. */
export interface BadContent {
  readonly title: string;
  readonly elements: readonly Element[];
  readonly problems: readonly (readonly [path: string, code: string])[];
}

/** One row of a channel's error table. */
export interface AnswerRow {
  readonly title: string;
  readonly answer: ScriptedAnswer;
  readonly result: SendResult;
}

/** A webhook body, and what is to be read from it. */
export interface WebhookRow {
  readonly title: string;
  readonly body: string;
  readonly reading: Partial<Extract<WebhookReading, { authentic: true }>>;
}

/** What the contract suite has to know of a channel. */
export interface ConnectorFacts {
  open(options: { readonly apiUrl: string; readonly timeoutMs: number }): Connector;
  sender(apiUrl: string): Sender;
  readonly address: string;
  /** Every kind of element and button the channel has, and `{{first_name | friend}}` in a text. */
  readonly good: readonly Element[];
  readonly bad: readonly BadContent[];
  readonly accepted: { readonly answer: ScriptedAnswer; readonly id: string };
  readonly refusals: readonly AnswerRow[];
  /** The request as the messenger would sign it, or as somebody else might. */
  webhook(
    body: string,
    signature: 'true' | 'forged' | 'missing',
  ): WebhookRequest | Promise<WebhookRequest>;
  readonly updates: readonly WebhookRow[];
}
