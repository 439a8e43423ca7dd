import type { Instant } from '@crier/kernel';

/** A place whose person got, or is about to get, a message of a broadcast. */
export interface SentMessage {
  readonly broadcastId: string;
  readonly lane: number;
  readonly index: number;
  readonly botId: string;
  /** What the messenger accepted; empty where nothing is known to be. */
  readonly accepted: readonly {
    readonly id: string;
    /** When it left, in milliseconds since 1970; absent on channels whose receipts need no time. */
    readonly at?: number;
  }[];
  /** The outcome is known to be sent, for ever. */
  readonly isSent: boolean;
  /** It is not known whether the messenger has it: it waits, is under way, or is unconfirmed. */
  readonly isOpen: boolean;
  /** A receipt of this kind has come before. */
  readonly has: (kind: 'delivered' | 'opened') => boolean;
}

/** What was sent to people, as the read models know it. */
export abstract class SentMessages {
  /**
   * The newest broadcasts that each of these contacts has a place in at a bot, newest first; who has none is missing.
   * @throws Unavailable
   */
  abstract to(
    botId: string,
    contactIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly SentMessage[]>>;
  /** Whether everything that was recorded before this instant is known here. @throws Unavailable */
  abstract knows(until: Instant): Promise<boolean>;
}
