import type { Decider } from './decider.ts';
import { AppendOutcomeUnknown, ConcurrencyConflict } from './errors.ts';
import type { EventStore } from './event-store.ts';
import { derivedId } from './ids.ts';
import { NO_STREAM, type Metadata, type Revision, type StoredEvent } from './recorded.ts';

type AnyEvent = { readonly type: string; readonly data: unknown };

/** One try to carry out a command on one stream. */
export interface Order<State, Command, Rejection> {
  readonly stream: string;
  /** Ids of the events are derived from it, so that a repeat is recognised. */
  readonly commandId: string;
  readonly command: Command;
  /** Its `causationId` must be the command's id: by it a repeat is recognised and answered as at first. */
  readonly metadata: Metadata;
  /** A last look before deciding, for what the decider cannot know (`If-Match`). */
  readonly precondition?: (state: State, revision: Revision) => Rejection | undefined;
}

export type Handled<State, Rejection> =
  | {
      readonly accepted: true;
      readonly revision: Revision;
      readonly state: State;
      readonly appended: number;
    }
  | { readonly accepted: false; readonly rejection: Rejection; readonly revision: Revision };

const ATTEMPTS = 10;

/**
 * Load and fold, decide, append at the expected revision; again, a bounded number of times, when another writer was
 * first or the answer was lost. `lift` turns a stored event into the decider's newest shape.
 */
export const commandHandler =
  <State, Command, Event extends AnyEvent, Rejection>(
    store: EventStore,
    decider: Decider<State, Command, Event, Rejection>,
    lift: (stored: StoredEvent) => Event,
  ) =>
  async (order: Order<State, Command, Rejection>): Promise<Handled<State, Rejection>> => {
    for (let attempt = 1; ; attempt += 1) {
      const history = await store.read(order.stream);
      const revision = history.at(-1)?.revision ?? NO_STREAM;
      const state = history.map(lift).reduce(decider.evolve, decider.initialState);
      const first = history.findLast((stored) => stored.metadata.causationId === order.commandId);
      if (first) return { accepted: true, revision: first.revision, state, appended: 0 };

      const refusal = order.precondition?.(state, revision);
      if (refusal) return { accepted: false, rejection: refusal, revision };
      const decision = decider.decide(order.command, state);
      if (!decision.accepted) return { accepted: false, rejection: decision.rejection, revision };
      if (decision.events.length === 0) return { accepted: true, revision, state, appended: 0 };

      const events = decision.events.map((event, index) => ({
        id: derivedId(order.commandId, index),
        type: event.type,
        data: event.data,
        metadata: order.metadata,
      }));
      try {
        const appended = await store.append(order.stream, revision, events);
        const next = decision.events.reduce(decider.evolve, state);
        return {
          accepted: true,
          revision: appended.revision,
          state: next,
          appended: events.length,
        };
      } catch (error) {
        const again = error instanceof ConcurrencyConflict || error instanceof AppendOutcomeUnknown;
        if (!again || attempt >= ATTEMPTS) throw error;
      }
    }
  };
