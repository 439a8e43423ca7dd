import { behavioursIn, type Behaviours } from '@crier/audience';
import { broadcastStream } from '@crier/contracts';
import { AppError, type Clock, type EventStore, type Position } from '@crier/kernel';
import type { AgendaEntry } from '../domain/agenda.ts';

export interface StatisticsGateDeps {
  readonly store: EventStore;
  readonly clock: Clock;
  /** Without it nothing is known of what people did. */
  readonly behaviours?: Behaviours;
  /** So long a freeze waits for the statistics. */
  readonly patienceMs: number;
}

/** `behind`: it was waited for long enough. `asleep`: it is held, and nobody waits. */
export type GateState = 'open' | 'waiting' | 'behind' | 'asleep';

interface Waiting {
  readonly since: number;
  readonly start: Position;
}

/** Lets an audience be formed when the statistics that its conditions read are past the broadcast's start (P4). */
export class StatisticsGate {
  readonly #deps: StatisticsGateDeps;
  readonly #waiting = new Map<string, Waiting>();

  constructor(deps: StatisticsGateDeps) {
    this.#deps = deps;
  }

  /** Somebody waits: to be looked at again soon. */
  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** @throws Unavailable where the event store cannot be reached */
  async look(entry: AgendaEntry): Promise<GateState> {
    const state = await this.#stateOf(entry);
    if (state !== 'waiting') this.#waiting.delete(entry.broadcastId);
    return state;
  }

  /** The broadcast is no longer this copy's business. */
  forget(broadcastId: string): void {
    this.#waiting.delete(broadcastId);
  }

  async #stateOf({ broadcastId, audience, held }: AgendaEntry): Promise<GateState> {
    if (behavioursIn(audience.filter).length === 0) return 'open';
    if (held) return 'asleep';
    const { behaviours, clock, patienceMs } = this.#deps;
    if (!behaviours) return 'behind';
    const waiting = this.#waiting.get(broadcastId) ?? {
      since: clock.monotonicMs(),
      start: await this.#startOf(broadcastId),
    };
    this.#waiting.set(broadcastId, waiting);
    if (await isPast(behaviours, waiting.start)) return 'open';
    return clock.monotonicMs() - waiting.since < patienceMs ? 'waiting' : 'behind';
  }

  async #startOf(broadcastId: string): Promise<Position> {
    const history = await this.#deps.store.read(broadcastStream(broadcastId));
    return history.findLast(({ type }) => type === 'BroadcastStarted')?.position ?? '0';
  }
}

/** Statistics that cannot be reached are behind: other broadcasts must not wait for them. */
const isPast = async (behaviours: Behaviours, position: Position): Promise<boolean> => {
  try {
    return await behaviours.isPast(position);
  } catch (error) {
    if (error instanceof AppError && error.verdict === 'retry') return false;
    throw error;
  }
};
