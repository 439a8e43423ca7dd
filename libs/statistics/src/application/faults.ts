import type { StoredEvent } from '@crier/kernel';
import { ProjectorStopped } from './errors.ts';

/** Why a fold stands still. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  /** The event that cannot be applied; absent where the fault is not an event's. */
  readonly stream?: string;
  readonly revision?: number;
  readonly type?: string;
}

/** A field of whatever was thrown: errors of another realm are told by code, not by class. */
export const fieldOf = (error: unknown, name: 'code' | 'verdict'): unknown =>
  typeof error === 'object' && error !== null
    ? (error as Readonly<Record<string, unknown>>)[name]
    : undefined;

/** What is told of an error, and of the event it is about. */
export const faultOf = (error: unknown, event?: StoredEvent): Fault => {
  const code = fieldOf(error, 'code');
  return {
    code: typeof code === 'string' ? code : 'DEFECT',
    message: error instanceof Error ? error.message : String(error),
    ...(event && { stream: event.stream, revision: event.revision, type: event.type }),
  };
};

/** An event that cannot be applied, on its way out of the loop. */
export class Unappliable extends ProjectorStopped {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.message, { ...fault });
    this.fault = fault;
  }
}
