import type { Channel } from '@crier/contracts';

export interface Bot {
  readonly id: string;
  readonly channel: Channel;
  readonly name: string;
  /** What the channel needs to speak for the bot (a token, a secret); encrypted at rest, never in events, logs or answers. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Messages per second over everything that this bot sends. */
  readonly rate: number;
  /** Address of the messenger's API; the channel's own where absent. */
  readonly apiUrl?: string;
  /** Where updates go that belong to no broadcast: the team's chat bot. */
  readonly forwardTo?: string;
  /** Words by which people ask it to write no more. */
  readonly stopWords?: readonly string[];
}

/** The bots and their credentials: a source of truth of its own. All throw Unavailable. */
export abstract class BotRegistry {
  abstract list(): Promise<readonly Bot[]>;
  abstract get(id: string): Promise<Bot | undefined>;
  abstract put(bot: Bot): Promise<void>;
  /** False where there was none. */
  abstract remove(id: string): Promise<boolean>;
}
