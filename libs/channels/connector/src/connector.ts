import type {
  Capabilities,
  Channel,
  ConnectionStatus,
  Element,
  VariableValue,
} from '@crier/contracts';
import type { Readable } from 'node:stream';

/** The bot as a connector sees it. */
export interface Sender {
  readonly id: string;
  readonly credentials: Readonly<Record<string, string>>;
  /** Address of the messenger's API; the channel's own where absent. */
  readonly apiUrl?: string;
}

/** Why content cannot be shown on a channel: where, a stable code, and a sentence that names the fix. */
export interface ContentProblem {
  /** Path into the elements: `elements[0].buttons[2].label`. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** The person a message is rendered for. */
export interface RenderTarget {
  readonly address: string;
  readonly variables: Readonly<Record<string, VariableValue>>;
  /** The signed ref of a button, for the payload of a message button (≤ 40 characters). */
  refOf(button: number): string;
  /** The tracked address of a link or buy button. */
  linkOf(button: number): string;
}

/** One request to the messenger, ready to leave. What it holds is the connector's own business. */
export interface Part {
  readonly method: string;
  readonly body: string;
}

/** Content made ready once for a lane: everything but the person. */
export interface Compiled {
  /** How many requests a recipient takes. */
  readonly parts: number;
  /** The requests for one person, all of them, in order. Pure. */
  render(target: RenderTarget): readonly Part[];
}

/** What the messenger said to one request. */
export type SendResult =
  /** Accepted, under this id. */
  | { readonly result: 'accepted'; readonly id: string }
  /** This person cannot be reached by this bot any more; the connection gets this status. */
  | { readonly result: 'gone'; readonly reason: string; readonly status: ConnectionStatus }
  /** Refused for this person and this message only. */
  | { readonly result: 'refused'; readonly reason: string }
  /** The same content would be refused for everybody. */
  | { readonly result: 'content_refused'; readonly reason: string }
  /** The bot itself cannot send: token, permission, account. */
  | { readonly result: 'bot_stopped'; readonly reason: string }
  /** Surely not accepted; again after so long. `pause: 'bot'` holds everything that this bot sends. */
  | {
      readonly result: 'later';
      readonly reason: string;
      readonly afterMs: number;
      readonly pause: 'bot' | 'recipient';
    }
  /** The chat has another address now; surely not accepted under the old one. */
  | { readonly result: 'moved'; readonly address: string }
  /** It may have been accepted. */
  | { readonly result: 'unknown'; readonly reason: string };

/** Where a connector reads uploaded files. */
export interface MediaReader {
  find(id: string): Promise<{ name: string; contentType: string; bytes: number } | undefined>;
  open(id: string): Promise<Readable | undefined>;
  /** The file's public address. */
  urlOf(id: string): string;
}

/** What was uploaded once for a lane: media source (`media:<id>` or `url:<url>`) → the channel's own handle. */
export type Assets = Readonly<Record<string, string>>;

export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawBody: Buffer;
}

/** What a webhook call told, reduced to what Crier counts. `dedupe` names the update for ever. */
export type WebhookEvent =
  | {
      readonly kind: 'pressed';
      readonly address: string;
      readonly ref: string;
      /** To be answered, or the person sees a spinner. */
      readonly pressId: string;
      readonly at: string;
      readonly dedupe: string;
    }
  | {
      readonly kind: 'status';
      readonly address: string;
      readonly status: ConnectionStatus;
      readonly at: string;
      readonly dedupe: string;
    }
  | {
      readonly kind: 'started';
      readonly address: string;
      readonly firstName?: string;
      readonly lastName?: string;
      readonly language?: string;
      readonly payload?: string;
      readonly at: string;
      readonly dedupe: string;
    }
  | {
      readonly kind: 'active';
      readonly address: string;
      readonly at: string;
      readonly dedupe: string;
    }
  /** What the messenger tells later about messages: one of them, or all up to an instant. */
  | {
      readonly kind: 'receipt';
      readonly what: 'delivered' | 'opened';
      readonly address: string;
      /** The message's own id, as its sending was answered. */
      readonly id?: string;
      /** A watermark: everything sent to this address until then. */
      readonly upTo?: string;
      readonly at: string;
      readonly dedupe: string;
    };

export type WebhookReading =
  | { readonly authentic: false }
  | {
      readonly authentic: true;
      readonly events: readonly WebhookEvent[];
      /** The call holds something that belongs to the team's own chat bot. */
      readonly foreign: boolean;
    };

/**
 * Everything Crier knows about one messenger. Stateless but for its connections; limits and error tables follow the
 * messenger's documentation, named at each rule.
 */
export abstract class Connector {
  abstract readonly channel: Channel;
  abstract readonly capabilities: Capabilities;

  /** Every reason why these elements cannot be sent; none: they can. */
  abstract check(elements: readonly Element[]): readonly ContentProblem[];

  /** The media that have to be uploaded, once for a bot. `known`: what is uploaded already. Rejects with an AppError whose verdict tells. */
  abstract prepare(
    sender: Sender,
    elements: readonly Element[],
    media: MediaReader,
    known: Assets,
  ): Promise<Assets>;

  abstract compile(elements: readonly Element[], assets: Assets): Compiled;

  /** Sends one part to one address. Never rejects: what went wrong is a result. */
  abstract send(sender: Sender, address: string, part: Part): Promise<SendResult>;

  /** Reads a webhook call; `secret` is the bot's webhook secret. Never throws: what cannot be read is foreign. */
  abstract readWebhook(sender: Sender, request: WebhookRequest): WebhookReading;

  /** Ends the spinner on a pressed button. */
  abstract answerPress(sender: Sender, pressId: string, text?: string): Promise<SendResult>;

  /** Checks the credentials and points the bot's webhook here. @throws CredentialsRefused */
  abstract connect(
    sender: Sender,
    webhookUrl: string | undefined,
  ): Promise<{ readonly name: string }>;

  abstract close(): Promise<void>;
}
