/** The name of a messenger as everybody writes it: telegram, facebook, viber, vk, skype, or a later one. */
export type Channel = string;

/** What a channel's dispatcher announces about itself; the others plan by it. */
export interface Capabilities {
  readonly channel: Channel;
  /** The dispatcher's own version, for people. */
  readonly version: string;
  readonly reports: { readonly delivered: boolean; readonly opened: boolean };
  /** Messages per second that one bot can send, and may be set to at most. */
  readonly rate: { readonly standard: number; readonly most: number };
  readonly elements: readonly string[];
  readonly buttons: readonly string[];
  readonly limits: {
    readonly textLength: number;
    readonly captionLength: number;
    readonly buttonsPerMessage: number;
    readonly labelLength: number;
    readonly galleryCards: { readonly least: number; readonly most: number };
    readonly mediaBytes: number;
  };
  /** Whether a request carries a key by which the messenger recognises a repeat. */
  readonly idempotent: boolean;
  /** Milliseconds after the person's last action at the bot in which messages may be sent; absent: always. */
  readonly windowMs?: number;
  /** Names of credentials that are made up where a bot is registered without them. */
  readonly ownSecrets?: readonly string[];
}

/** The value of the `channels` table, one per dispatcher copy. */
export interface ChannelAnnounced {
  readonly v: 1;
  readonly instance: string;
  readonly capabilities: Capabilities;
  /** Not to be counted on after this instant unless renewed. */
  readonly expiresAt: string;
}
