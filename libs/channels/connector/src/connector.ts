import type {
  Capabilities,
  Channel,
  ConnectionStatus,
  Element,
  ReceiptScope,
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
  /**
   * The signed ref of a button, for the payload of a message button (≤ 40 characters). The same for everybody where the
   * connector shares refs: the webhook's address then says who pressed.
   */
  refOf(button: number): string;
  /** The tracked address of a link or buy button: of this person alone. */
  linkOf(button: number): string;
  /** A key that names this part of this broadcast for ever, the same for all its people: a 32-bit integer, never 0. */
  keyOf(part: number): number;
}

/**
 * One message to one person, ready to leave. What it holds is the connector's own business; where one request may carry
 * several messages it holds nothing of the address, so that equal parts can leave together.
 */
export interface Part {
  readonly method: string;
  readonly body: string;
}

/** A pressed button that waits for an answer: as the webhook named it, and who pressed it, where they are known. */
export interface Press {
  readonly id: string;
  readonly address?: string;
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
      /** The messenger names no time: pauses of the bot that follow one another double, up to an hour. */
      readonly grows?: true;
    }
  /** The chat has another address now; surely not accepted under the old one. */
  | { readonly result: 'moved'; readonly address: string }
  /** It may have been accepted. */
  | { readonly result: 'unknown'; readonly reason: string };

/** Where a connector reads uploaded files. */
export interface MediaReader {
  find(id: string): Promise<{ name: string; contentType: string; bytes: number } | undefined>;
  open(id: string): Promise<Readable | undefined>;
  /** The file's public address; `name`: what its path is to end with, for messengers that go by that. */
  urlOf(id: string, name?: string): string;
}

/** What was uploaded once for a lane: media source (`media:<id>` or `url:<url>`) → the channel's own handle. */
export type Assets = Readonly<Record<string, string>>;

export interface WebhookRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
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
      /** What the person wrote, where they wrote. */
      readonly text?: string;
      readonly at: string;
      readonly dedupe: string;
    }
  /** The person did something; `text`: what they wrote, where they wrote. */
  | {
      readonly kind: 'active';
      readonly address: string;
      readonly text?: string;
      readonly at: string;
      readonly dedupe: string;
    }
  /** What the messenger tells later about messages to this address: about one, about several, or about all up to a point. */
  | {
      readonly kind: 'receipt';
      /** `sent`: the messenger has the message. Proves it, and counts as nothing else. */
      readonly what: 'sent' | 'delivered' | 'opened';
      readonly address: string;
      readonly which: ReceiptScope;
      readonly at: string;
      readonly dedupe: string;
    }
  /** The person is about to pay inside the messenger, which waits some seconds for a word. */
  | {
      readonly kind: 'checkout';
      readonly address: string;
      /** As the invoice carries it. */
      readonly ref: string;
      /** JSON to answer the call with, so that the payment goes on. */
      readonly approval: string;
      readonly at: string;
      readonly dedupe: string;
    }
  /** The person paid inside the messenger. `amount` in the currency's smallest unit. */
  | {
      readonly kind: 'paid';
      readonly address: string;
      /** As the message named the button, if it did. */
      readonly ref?: string;
      readonly amount: number;
      /** ISO 4217, or the messenger's own, as `XTR`. */
      readonly currency: string;
      readonly paymentId: string;
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
      /** The text to answer with, where the messenger wants one. @default '' */
      readonly answer?: string;
    };

/**
 * Everything Crier knows about one messenger. Stateless but for its connections; limits and error tables follow the
 * messenger's documentation, named at each rule.
 */
export abstract class Connector {
  abstract readonly channel: Channel;
  abstract readonly capabilities: Capabilities;
  /**
   * Messages that one request can carry: sends that begin together may leave together, so that so many more are let under
   * way at once.
   */
  readonly batch: number = 1;
  /** Message buttons carry one ref for everybody, so that their messages are equal. */
  readonly sharesRefs: boolean = false;
  /** Credentials that Crier makes up where the team gives none: what the messenger is to repeat when it calls. */
  readonly ownSecrets: readonly string[] = [];

  /** Every reason why these elements cannot be sent; none: they can. */
  abstract check(elements: readonly Element[]): readonly ContentProblem[];

  /** What can be sent, and would be better done otherwise: told to whoever writes it, and no obstacle. */
  warnings(_elements: readonly Element[]): readonly ContentProblem[] {
    return [];
  }

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

  /** Reads a webhook call; what cannot be read is foreign. @throws Unavailable where it cannot be told now who calls */
  abstract readWebhook(
    sender: Sender,
    request: WebhookRequest,
  ): WebhookReading | Promise<WebhookReading>;

  /** Ends the spinner on a pressed button. */
  abstract answerPress(sender: Sender, press: Press, text?: string): Promise<SendResult>;

  /** Checks the credentials and points the bot's webhook here. @throws CredentialsRefused */
  abstract connect(
    sender: Sender,
    webhookUrl: string | undefined,
  ): Promise<{ readonly name: string }>;

  abstract close(): Promise<void>;
}
