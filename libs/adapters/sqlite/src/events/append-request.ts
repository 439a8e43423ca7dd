import {
  AppendTooLarge,
  MAX_APPEND_BYTES,
  type Metadata,
  type NewEvent,
  type Position,
  type Revision,
} from '@crier/kernel';

/** An event whose data is text already: all that the caller's thread does for it. */
export interface WrittenEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: Metadata;
}

export interface AppendRequest {
  readonly stream: string;
  readonly expected: Revision;
  readonly events: readonly WrittenEvent[];
}

/** Where an append ended, or the head that stood in its way. */
export type AppendResult =
  | { readonly appended: true; readonly revision: Revision; readonly position: Position }
  | { readonly appended: false; readonly head: Revision };

const written = (event: NewEvent): WrittenEvent => ({
  id: event.id,
  type: event.type,
  data: event.data === undefined ? 'null' : JSON.stringify(event.data),
  metadata: event.metadata,
});

const bytesOf = (event: WrittenEvent): number =>
  Buffer.byteLength(event.id) +
  Buffer.byteLength(event.type) +
  Buffer.byteLength(event.data) +
  Buffer.byteLength(JSON.stringify(event.metadata));

/** @throws AppendTooLarge, and RangeError for an append of nothing, which is a bug of the caller. */
export const appendRequest = (
  stream: string,
  expected: Revision,
  events: readonly NewEvent[],
): AppendRequest => {
  if (events.length === 0) throw new RangeError('An append needs at least one event');
  const request = { stream, expected, events: events.map(written) };
  const bytes = request.events.reduce((sum, event) => sum + bytesOf(event), 0);
  if (bytes > MAX_APPEND_BYTES)
    throw new AppendTooLarge('Append is too large', { stream, bytes, max: MAX_APPEND_BYTES });
  return request;
};
