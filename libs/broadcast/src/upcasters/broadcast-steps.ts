import type { Steps } from '@crier/kernel';

/** From version to version, per event type of `broadcast-…`. All types are at version 1. */
export const broadcastSteps: Steps = {};
