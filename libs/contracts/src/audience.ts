import type { Channel } from './channel.ts';

export type ConnectionStatus = 'enabled' | 'unsubscribed' | 'blocked' | 'disabled';

/** A contact's way to one bot. */
export interface Connection {
  readonly botId: string;
  readonly channel: Channel;
  /** The messenger's own address of the person at this bot. */
  readonly address: string;
  readonly status: ConnectionStatus;
  /** When the status became so, by the messenger's clock where it told. An older status never wins. */
  readonly statusAt: string;
  readonly main: boolean;
  /** The person's last action at this bot, as its webhooks told. */
  readonly activeAt?: string;
}

export type VariableValue = string | number | boolean;

export interface Contact {
  /** Opaque and random; the only thing about a person that events carry. */
  readonly id: string;
  /** The team's own id of the person; unique where given. */
  readonly externalId?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  /** BCP 47. */
  readonly language?: string;
  /** IANA. */
  readonly zone?: string;
  readonly tags: readonly string[];
  readonly tunnels: readonly string[];
  readonly variables: Readonly<Record<string, VariableValue>>;
  readonly firstContactAt: string;
  readonly lastActiveAt: string;
  readonly connections: readonly Connection[];
}

export interface Moments {
  readonly before?: string;
  readonly after?: string;
  /** Counted back from the moment of asking. */
  readonly withinDays?: number;
}

export interface VariableCondition {
  readonly variable: string;
  readonly is?: VariableValue;
  readonly isNot?: VariableValue;
  readonly above?: VariableValue;
  readonly below?: VariableValue;
  readonly contains?: string;
  readonly exists?: boolean;
}

/** What a person did with a message or because of it, or what became of it on its way to them. */
export type Deed = 'sent' | 'delivered' | 'opened' | 'clicked' | 'ordered';

/** Who did something in one broadcast, or in any that started within so many days before the moment of asking. */
export interface Behaviour {
  readonly did: Deed;
  /** Of `clicked`: the button's index in the content of its channel; any button where absent. */
  readonly button?: number;
  /** Either this or `lastDays`. */
  readonly broadcast?: string;
  readonly lastDays?: number;
}

/**
 * A condition, or a group of them. `bot` and `channel` mean: the contact has a connection there. `status` asks the connection
 * that the route would use: the main one, or, where bots are chosen, any of the connections to these.
 */
export type Filter =
  | { readonly all: readonly Filter[] }
  | { readonly any: readonly Filter[] }
  | { readonly none: readonly Filter[] }
  | { readonly status: ConnectionStatus }
  | { readonly channel: Channel }
  | { readonly bot: string }
  | { readonly tag: string }
  | { readonly tunnel: string }
  | { readonly language: string }
  | VariableCondition
  | { readonly firstContact: Moments }
  | { readonly lastActive: Moments }
  | { readonly behaviour: Behaviour };

/** The main connection of the contact's card, or the first of these bots that reaches the person. */
export type Route = 'main' | { readonly bots: readonly string[] };

export interface Audience {
  readonly filter: Filter;
  readonly route: Route;
}

/** What applies until the operator says otherwise. */
export const DEFAULT_AUDIENCE: Audience = {
  filter: { all: [{ status: 'enabled' }] },
  route: 'main',
};

/** Why a contact of the filter gets no place: `no_connection`, `no_content` for the channel, … */
export type ExclusionReason = 'no_connection' | 'no_content' | 'unknown_bot' | 'channel_absent';
