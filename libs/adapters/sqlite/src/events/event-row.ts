import type { StoredEvent } from '@crier/kernel';
import { unpackId, type PackedId } from '../packed-id.ts';

/** Events with their dictionaries; the events lead, in the order that the caller's condition asks for. */
export const SELECT_EVENTS = `
  SELECT e.position, s.name, e.revision, k.type, k.schema_version, k.actor,
         e.id, e.correlation, e.causation, e.recorded_at, e.data, t.trace
  FROM events e CROSS JOIN streams s ON s.id = e.stream CROSS JOIN kinds k ON k.id = e.kind
  LEFT JOIN traces t ON t.position = e.position`;

/** The columns of {@link SELECT_EVENTS}. */
export type EventRow = readonly [
  position: number,
  stream: string,
  revision: number,
  type: string,
  schemaVersion: number,
  actor: string,
  id: PackedId,
  correlation: PackedId,
  causation: PackedId | null,
  recordedAt: number | string,
  data: string,
  trace: string | null,
];

/** Milliseconds where that loses nothing, the text itself otherwise. */
export const packInstant = (instant: string): number | string => {
  const ms = Date.parse(instant);
  return Number.isNaN(ms) || new Date(ms).toISOString() !== instant ? instant : ms;
};

const unpackInstant = (packed: number | string): string =>
  typeof packed === 'string' ? packed : new Date(packed).toISOString();

export const eventOf = (row: EventRow): StoredEvent => {
  const [position, stream, revision, type, schemaVersion, actor, id, correlation, causation] = row;
  const correlationId = unpackId(correlation);
  return {
    stream,
    revision,
    position: String(position),
    id: unpackId(id),
    type,
    data: JSON.parse(row[10]) as unknown,
    metadata: {
      schemaVersion,
      correlationId,
      causationId: causation === null ? correlationId : unpackId(causation),
      actor,
      recordedAt: unpackInstant(row[9]),
      ...(row[11] === null ? {} : { trace: row[11] }),
    },
  };
};
