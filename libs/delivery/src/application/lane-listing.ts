import type { BotRegistry } from '@crier/audience';
import { laneKey, topics, type LaneMessage } from '@crier/contracts';
import { tracedBy, type Clock, type MessageBus, type OutgoingMessage } from '@crier/kernel';
import type { AgendaEntry } from '../domain/agenda.ts';
import { sharesOf } from '../domain/shares.ts';

export interface LaneListingDeps {
  readonly bus: MessageBus;
  readonly bots: BotRegistry;
  readonly clock: Clock;
}

/** An increased share is used so much later than the decreased ones. */
const INCREASE_AFTER_MS = 1_000;
const RATES_MS = 1_000;

/** Tells the dispatchers which lanes are open and what share each has. */
export class LaneListing {
  readonly #deps: LaneListingDeps;
  /** What was told last. */
  readonly #listed = new Map<string, LaneMessage>();

  #rates: ReadonlyMap<string, number> = new Map();
  #ratesAt = -Infinity;

  constructor(deps: LaneListingDeps) {
    this.#deps = deps;
  }

  /** Lists the lanes with their shares; only what changed is published. */
  async list(entry: AgendaEntry): Promise<void> {
    const { bus, clock } = this.#deps;
    const rates = await this.#ratesOfBots();
    const now = clock.now();
    const shares = sharesOf(
      entry.speed,
      entry.lanes
        .filter(({ completed, held, order }) => !held && (!completed || order < entry.orders))
        .map(({ lane, planned, botId }) => ({
          lane,
          waiting: planned,
          most: rates.get(botId) ?? 1,
        })),
    );
    const messages: OutgoingMessage[] = [];
    for (const { lane, botId, channel, planned } of entry.lanes) {
      const key = laneKey(entry.broadcastId, lane);
      const before = this.#listed.get(key);
      const share = shares.get(lane) ?? before?.share ?? 1;
      if (before?.share === share) continue;
      const increase = before !== undefined && share > before.share;
      const from = increase ? new Date(Date.parse(now) + INCREASE_AFTER_MS).toISOString() : now;
      const phase = entry.lanes.length > 1 ? lane / entry.lanes.length : 0;
      const value: LaneMessage = {
        v: 1,
        broadcastId: entry.broadcastId,
        lane,
        botId,
        planned,
        share,
        phase,
        from,
      };
      this.#listed.set(key, value);
      const topic = topics.lanes(channel);
      messages.push({ topic, key, partitionBy: botId, value, ...tracedBy(entry) });
    }
    if (messages.length > 0) await bus.publish(messages);
  }

  /** Not looked up for every broadcast: a new rate counts a second later. */
  async #ratesOfBots(): Promise<ReadonlyMap<string, number>> {
    const { bots, clock } = this.#deps;
    const now = clock.monotonicMs();
    if (now - this.#ratesAt < RATES_MS) return this.#rates;
    this.#rates = new Map((await bots.list()).map(({ id, rate }) => [id, rate]));
    this.#ratesAt = now;
    return this.#rates;
  }

  /** Closes all lanes of a broadcast. */
  async unlist(entry: AgendaEntry): Promise<void> {
    const messages = entry.lanes.map(({ lane, botId, channel }) => {
      const key = laneKey(entry.broadcastId, lane);
      this.#listed.delete(key);
      const topic = topics.lanes(channel);
      return { topic, key, partitionBy: botId, value: null, ...tracedBy(entry) };
    });
    if (messages.length > 0) await this.#deps.bus.publish(messages);
  }

  /** Another copy may tell of it from here on: what was told last is not known any more. */
  forget(broadcastId: string): void {
    for (const [key, listed] of this.#listed)
      if (listed.broadcastId === broadcastId) this.#listed.delete(key);
  }
}
