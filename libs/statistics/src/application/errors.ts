import { AppError } from '@crier/kernel';

/** A stored event of a type that this release does not know: the projector stops rather than miss a fact. */
export class UnknownEventType extends AppError {
  readonly code = 'UNKNOWN_EVENT_TYPE';
  readonly verdict = 'park';
}

/** A rebuild was asked for while one is running. */
export class RebuildRunning extends AppError {
  readonly code = 'REBUILD_RUNNING';
  readonly verdict = 'retry';
}

/** The projector met an event that it cannot apply, and stands still before it. */
export class ProjectorStopped extends AppError {
  readonly code = 'PROJECTOR_STOPPED';
  readonly verdict = 'park';
}
