import type { Capabilities, Element, MediaKind } from '@crier/contracts';
import type {
  Assets,
  Connector,
  SendResult,
  Sender,
  WebhookReading,
  WebhookRequest,
} from '../connector.ts';

/** Content that a channel cannot show, and why: pairs of path and code, all of them. */
export interface BadContent {
  readonly title: string;
  readonly elements: readonly Element[];
  readonly problems: readonly (readonly [path: string, code: string])[];
}

/** A number that content of a channel has to keep to. */
export interface LimitRow {
  readonly title: string;
  readonly most: number;
  /** Content that has so many, and nothing else wrong with it. */
  content(count: number): readonly Element[];
  /** What is said of one more. */
  readonly problem: readonly [path: string, code: string];
  /** The number that others learn. */
  announced?(limits: Capabilities['limits']): number;
}

/** How large an upload may be. */
export interface FileRow {
  readonly element: MediaKind;
  readonly name: string;
  readonly contentType: string;
  /** In bytes. */
  readonly most: number;
}

/** An answer of HTTP, word for word. */
export interface ToldAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One row of a channel's error table. */
export interface AnswerRow {
  readonly title: string;
  readonly answer: ToldAnswer;
  readonly result: SendResult;
}

/** A webhook body, and what is to be read from it. */
export interface WebhookRow {
  readonly title: string;
  readonly body: string;
  readonly reading: Partial<Extract<WebhookReading, { authentic: true }>>;
}

/** Somebody, and the id of the first message of good content that they got. */
export interface Reader {
  readonly address: string;
  readonly messageId: string;
}

/** What somebody does in the sandbox, and the events that the webhook hears of it. */
export interface Happening {
  readonly title: string;
  readonly path: 'press' | 'updates';
  /** Beside the bot and the chat. */
  fields(reader: Reader): object;
  events(reader: Reader): readonly object[];
}

/** A message as the sandbox shows it in a chat. */
export type SeenMessage = Readonly<Record<string, unknown>>;

/** How the sandbox stands in for a channel. */
export interface SandboxFacts {
  /** In its paths. */
  readonly channel: string;
  /** Where it answers as the channel's API; behind its own address. */
  readonly path: string;
  /** The bot's token there. */
  readonly token: string;
  /** What it is called once it is connected. */
  readonly name: string;
  /** What the bot is registered with; the address of its webhook where nothing else sets that. */
  profile(webhookUrl: string | undefined): object;
  /** How rules and requests name somebody's chat. */
  chatOf(address: string): string | number;
  /** What a message is called in results. */
  idOf(message: SeenMessage): string;
}

/** What the contract suite has to know of a channel. */
export interface ConnectorFacts {
  /** A connector that asks the sandbox at this address for whatever it needs; without one it is to ask nobody. */
  open(options: { readonly timeoutMs: number; readonly sandboxUrl?: string }): Connector;
  sender(apiUrl: string): Sender;
  /** Credentials as good, of a bot that nobody knows. */
  readonly another: Sender['credentials'];
  readonly address: string;
  /** Somebody else for each number. */
  addressOf(index: number): string;
  /** Every kind of element and button the channel has, and `{{first_name | friend}}` in the text that comes first. */
  readonly good: readonly Element[];
  /** What has to be uploaded of good content. @default nothing */
  assets?(connector: Connector, sender: Sender): Promise<Assets>;
  /** What a chat of the sandbox then shows, message by message. */
  readonly arrives: readonly object[];
  readonly bad: readonly BadContent[];
  readonly limits: readonly LimitRow[];
  /** For the bot of the suite. */
  readonly files: readonly FileRow[];
  /** All rows of the table of answers, acceptance as documented among them. */
  readonly refusals: readonly AnswerRow[];
  /** What one call carries, where it may carry several messages: equal ones, and different ones. @default one */
  readonly batch?: { readonly equal: number; readonly different: number };
  readonly sandbox: SandboxFacts;
  /** The request as the messenger would sign it, or as somebody else might. */
  webhook(
    body: string,
    signature: 'true' | 'forged' | 'missing',
  ): WebhookRequest | Promise<WebhookRequest>;
  readonly updates: readonly WebhookRow[];
  /** Where a call says who makes it, and whether what stands there is of these very bytes. */
  readonly signature: {
    readonly in: { readonly header: string } | { readonly field: string };
    readonly coversBody: boolean;
  };
  readonly happenings: readonly Happening[];
}
