export { CommandIntake, broadcastEventOf, type IntakeDeps } from './application/command-intake.ts';
export { Relay, type RelayDeps } from './application/relay.ts';
export { broadcastDecider, type BroadcastDecision } from './domain/broadcast.decider.ts';
export type { BroadcastCommand, BroadcastCopy, BroadcastRejection } from './domain/commands.ts';
export { DEFAULT_SPEED, evolve, statusOf, type BroadcastState } from './domain/state.ts';
