/** What became of a command: past facts, or a refusal that is a value. */
export type Decision<Event, Rejection> =
  | { readonly accepted: true; readonly events: readonly Event[] }
  | { readonly accepted: false; readonly rejection: Rejection };

/** The whole behaviour of one stream. Total, synchronous, free of clocks, randomness and I/O. */
export interface Decider<State, Command, Event, Rejection> {
  readonly initialState: State;
  readonly decide: (command: Command, state: State) => Decision<Event, Rejection>;
  readonly evolve: (state: State, event: Event) => State;
}

/** The command is in order; `events` are the facts it makes (none: a repeat). */
export const accept = <Event>(
  ...events: readonly Event[]
): { accepted: true; events: readonly Event[] } => ({
  accepted: true,
  events,
});

/** The business says no. */
export const reject = <Rejection>(
  rejection: Rejection,
): { accepted: false; rejection: Rejection } => ({
  accepted: false,
  rejection,
});

/** The member of a union whose `type` is `Type`. */
export type Of<Union extends { readonly type: string }, Type extends Union['type']> = Extract<
  Union,
  { readonly type: Type }
>;
