import type { RecipientCard } from '@crier/audience';
import type { Connector } from '@crier/connector';
import type { LaneMessage } from '@crier/contracts';
import type { Revision } from '@crier/kernel';
import { hash } from 'node:crypto';
import type { LaneFold } from '../domain/lane-fold.ts';
import type { Refs } from './lane-deps.ts';
import type { Licence } from './lane-sender.ts';

const NOTHING_DONE: ReadonlySet<number> = new Set();

/** Parts that were accepted in earlier windows; of almost everybody none. */
const doneOf = (fold: LaneFold, index: number): ReadonlySet<number> => {
  const parts = fold.parts(index);
  return parts.length === 0 ? NOTHING_DONE : new Set(parts.map(([part]) => part));
};

/** Names a part of a broadcast for ever, for all its people: a 32-bit integer, never 0. */
export const keyOf = (broadcastId: string, part: number): number =>
  hash('sha256', `${broadcastId}/${part}`, 'buffer').readInt32BE() || 1;

/** Makes licences for one lane: what a request needs to know of the person, the place and the broadcast. */
export class Licences {
  readonly #connector: Connector;
  readonly #refs: Refs;
  readonly #lane: LaneMessage;
  readonly #keys = new Map<number, number>();
  /** Refs that everybody shares, by button, of the content's revision at hand. */
  readonly #shared = new Map<number, string>();
  #sharedRevision = 0;

  constructor(
    { connector, refs }: { readonly connector: Connector; readonly refs: Refs },
    lane: LaneMessage,
  ) {
    this.#connector = connector;
    this.#refs = refs;
    this.#lane = lane;
  }

  /** For somebody whom the window at this revision has opened. */
  issue(
    fold: LaneFold,
    opened: { readonly index: number; readonly window: Revision; readonly contentRevision: number },
    card: RecipientCard,
  ): Licence {
    const { index, window, contentRevision } = opened;
    const keySince = this.#connector.capabilities.idempotent ? fold.keySince(index) : undefined;
    return {
      index,
      window,
      contactId: card.contactId,
      address: card.address,
      target: {
        address: card.address,
        variables: card.variables,
        refOf: (button) =>
          this.#connector.sharesRefs
            ? this.#signShared(button, contentRevision)
            : this.#sign(button, contentRevision, index),
        linkOf: (button) => this.#refs.linkOf(this.#sign(button, contentRevision, index)),
        keyOf: this.#keyOf,
      },
      done: doneOf(fold, index),
      ...(keySince === undefined ? {} : { keySince }),
    };
  }

  #signShared(button: number, contentRevision: number): string {
    if (this.#sharedRevision !== contentRevision) this.#shared.clear();
    this.#sharedRevision = contentRevision;
    const ref = this.#shared.get(button) ?? this.#sign(button, contentRevision, undefined);
    this.#shared.set(button, ref);
    return ref;
  }

  #sign(button: number, contentRevision: number, index: number | undefined): string {
    const { broadcastId, lane } = this.#lane;
    const place = index === undefined ? { lane } : { lane, index };
    return this.#refs.sign({ broadcastId, ...place, button, contentRevision });
  }

  readonly #keyOf = (part: number): number => {
    let key = this.#keys.get(part);
    if (key === undefined) {
      key = keyOf(this.#lane.broadcastId, part);
      this.#keys.set(part, key);
    }
    return key;
  };
}
