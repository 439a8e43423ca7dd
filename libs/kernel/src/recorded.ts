/** UTC text in the form of `Date.toISOString()`. */
export type Instant = string;

/** Place in the store's total order. Opaque text; compare with {@link comparePositions} only. */
export type Position = string;

/** Zero-based place of an event in its stream. −1 stands for a stream without events. */
export type Revision = number;

/** The revision of a stream that has no events yet. */
export const NO_STREAM: Revision = -1;

/** Who caused an event: a token's name for people, an app's name for machines. */
export type Actor = string;

/** What every stored event says about itself besides its data. */
export interface Metadata {
  readonly schemaVersion: number;
  /** One id for everything that one request set in motion. */
  readonly correlationId: string;
  /** The id of the command or event that caused this one. */
  readonly causationId: string;
  readonly actor: Actor;
  /** When the writer decided it, by its own clock. */
  readonly recordedAt: Instant;
  /** The step of a trace that stored it (W3C `traceparent`); absent unless traces are made. Nothing is decided by it. */
  readonly trace?: string;
}

/** An event before it is stored. `id` is a UUID derived from its cause (see `design.md`, 3). */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: Metadata;
}

/** An event as the store gives it back. */
export interface StoredEvent extends NewEvent {
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
}

/** A stored event whose data has been lifted to its newest shape. */
export interface Recorded<
  Event extends { readonly type: string; readonly data: unknown },
> extends Omit<StoredEvent, 'type' | 'data'> {
  readonly event: Event;
}

/** Before (< 0), same (0) or after (> 0). Positions are dot-separated decimal numbers. */
export const comparePositions = (a: Position, b: Position): number => {
  const left = a.split('.');
  const right = b.split('.');
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = BigInt(left[i] ?? '0') - BigInt(right[i] ?? '0');
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  return 0;
};
