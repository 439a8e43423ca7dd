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
    const history = await this.#store.read(broadcastStream(broadcastId(id)));
    const state = history
      .map(broadcastEventOf)
      .reduce(broadcastDecider.evolve, broadcastDecider.initialState);
    if (state.phase === 'absent') throw noSuchBroadcast();
    if (state.phase === 'deleted')
      throw new Problem(
        'BROADCAST_DELETED',
        'The broadcast was deleted; copy another one instead.',
      );
    return state;
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
