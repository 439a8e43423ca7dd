import type { AllStreamRecordedEvent, RecordedEvent } from '@eventstore/db-client';
import type { Metadata, Position, StoredEvent } from '@crier/kernel';

export interface Place {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** The beginning of the order: before every event. */
export const BEGINNING: Position = '0';

/** Commit and prepare together: the one without the other does not name a place. */
export const positionOf = ({ commit, prepare }: Place): Position => `${commit}.${prepare}`;

/** undefined for {@link BEGINNING}. */
export const placeOf = (position: Position): Place | undefined => {
  const [commit = '0', prepare = commit] = position.split('.');
  return position === BEGINNING ? undefined : { commit: BigInt(commit), prepare: BigInt(prepare) };
};

/** An event as our port knows it. The client has parsed data and metadata already. */
export const storedEventOf = (event: RecordedEvent | AllStreamRecordedEvent): StoredEvent => ({
  id: event.id,
  type: event.type,
  data: event.data,
  metadata: event.metadata as unknown as Metadata,
  stream: event.streamId,
  revision: Number(event.revision),
  position: event.position ? positionOf(event.position) : BEGINNING,
});
