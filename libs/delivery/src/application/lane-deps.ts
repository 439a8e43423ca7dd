import type { BotRegistry, ContactDirectory } from '@crier/audience';
import type { Connector, MediaReader } from '@crier/connector';
import type { LaneMessage, Ref } from '@crier/contracts';
import type { Clock, EventStore, Log, Meter } from '@crier/kernel';
import type { Alarm, TroubleLimits } from './trouble.ts';

/** What the lanes of one dispatcher share. */
export interface LaneDeps {
  readonly store: EventStore;
  readonly directory: ContactDirectory;
  readonly bots: BotRegistry;
  readonly connector: Connector;
  readonly media: MediaReader;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  /** Name of this process in metadata. */
  readonly actor: string;
  readonly refs: Refs;
  /** Asks the broadcast's decider to hold the lane or the broadcast. */
  readonly alarm: (lane: LaneMessage, alarm: LaneAlarm) => Promise<void>;
  /** Requests of one lane under way at once, at most. */
  readonly concurrency: number;
  readonly trouble: TroubleLimits;
  /** Windows of another epoch are in doubt after so long. */
  readonly silenceMs: number;
}

/** Signed names of buttons, and the public addresses of links. */
export interface Refs {
  readonly sign: (ref: Ref) => string;
  readonly linkOf: (ref: string) => string;
}

/** Why a lane holds itself. */
export type LaneAlarm =
  | Alarm
  | {
      readonly scope: 'lane';
      readonly reason: 'stale_lane' | 'illegal_history' | 'content_refused';
      readonly detail: string;
    };
