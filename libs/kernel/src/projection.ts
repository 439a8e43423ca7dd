import type { Recorded } from './recorded.ts';

type AnyEvent = { readonly type: string; readonly data: unknown };

/** One function per handled event type: the next document, or `null` to remove it. */
export type Handlers<Doc, Event extends AnyEvent> = {
  readonly [Type in Event['type']]?: (
    doc: Doc,
    recorded: Recorded<Extract<Event, { readonly type: Type }>>,
  ) => Doc | null;
};

/** A pure fold from events to documents. The runner owns batching, checkpoints and storage. */
export interface Projection<Doc, Event extends AnyEvent> {
  /** Collection and checkpoint id. */
  readonly name: string;
  /** Raise it to rebuild into a fresh collection. */
  readonly version: number;
  readonly initial: Doc;
  /** The document an event belongs to. */
  readonly keyOf: (recorded: Recorded<Event>) => string;
  /** The subscription filter too: `Object.keys(on)`. */
  readonly on: Handlers<Doc, Event>;
}
