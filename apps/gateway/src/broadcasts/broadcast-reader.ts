import { broadcastDecider, broadcastEventOf, type BroadcastState } from '@crier/broadcast';
import { broadcastStream, type StartAt } from '@crier/contracts';
import type { EventStore } from '@crier/kernel';
import { Problem } from '../problems/problem.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const noSuchBroadcast = (): Problem =>
  new Problem('BROADCAST_NOT_FOUND', 'There is no broadcast with this id.');

/** @throws Problem BROADCAST_NOT_FOUND for what cannot be the id of a broadcast */
export const broadcastId = (id: string): string => {
  if (!UUID.test(id)) throw noSuchBroadcast();
  return id;
};

/** Reads a broadcast as its own events have it, which no read model is ahead of. */
export class BroadcastReader {
  readonly #store: EventStore;

  constructor(store: EventStore) {
    this.#store = store;
  }

  /** @throws Problem BROADCAST_NOT_FOUND, BROADCAST_DELETED; Unavailable */
  async load(id: string): Promise<BroadcastState> {
    return (await this.loadBefore(id, Infinity)).state;
  }

  /**
   * The broadcast as it was before a revision, and its revision then.
   * @throws Problem BROADCAST_NOT_FOUND, BROADCAST_DELETED; Unavailable
   */
  async loadBefore(
    id: string,
    before: number,
  ): Promise<{ readonly state: BroadcastState; readonly revision: number }> {
    const all = await this.#store.read(broadcastStream(broadcastId(id)));
    const history = all.slice(0, before);
    const state = history
      .map(broadcastEventOf)
      .reduce(broadcastDecider.evolve, broadcastDecider.initialState);
    if (state.phase === 'absent') throw noSuchBroadcast();
    if (state.phase === 'deleted')
      throw new Problem(
        'BROADCAST_DELETED',
        'The broadcast was deleted; copy another one instead.',
      );
    return { state, revision: history.length - 1 };
  }

  /** Whether there is, or was, such a broadcast. @throws Unavailable */
  async isKnown(id: string): Promise<boolean> {
    return UUID.test(id) && (await this.#store.last(broadcastStream(id))) !== undefined;
  }

  /** When it was last told to start. @throws Problem BROADCAST_NOT_FOUND where it never was; Unavailable */
  async startOf(id: string): Promise<StartAt> {
    const history = await this.#store.read(broadcastStream(id));
    const scheduled = history
      .map(broadcastEventOf)
      .findLast((event) => event.type === 'BroadcastScheduled');
    if (!scheduled) throw noSuchBroadcast();
    return scheduled.data.start;
  }
}
