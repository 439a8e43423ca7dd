/** Every state a lane can be in, for whoever looks from outside. */
export const LANE_STATES = [
  'adopting',
  'sending',
  'paused',
  'held',
  'alarmed',
  'stopping',
  'completed',
  'broken',
] as const;

/**
 * `paused`: its messenger asked for quiet. `held`: an operator wants it so. `alarmed`: it, or its whole broadcast, held itself and somebody
 * has to look. `broken`: its history or its code is wrong.
 */
export type LaneState = (typeof LANE_STATES)[number];

/** How one lane stands; numbers of recipients. */
export interface LaneFigures {
  readonly bot: string;
  readonly state: LaneState;
  readonly waiting: number;
  readonly inFlight: number;
  /** In flight by a former owner that has not been heard of since. */
  readonly inDoubt: number;
}
