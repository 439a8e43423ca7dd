import { topics, type ReceiptMessage } from '@crier/contracts';
import { opaqueId, type Clock, type Log, type MessageBus } from '@crier/kernel';
import { Counter, type Registry } from 'prom-client';
import type { LinkTarget } from './link-targets.ts';

const LOST = 'crier_clicks_lost_total';

const lostCounter = (registry: Registry): Counter => {
  const known = registry.getSingleMetric(LOST);
  return known instanceof Counter
    ? known
    : new Counter({
        name: LOST,
        help: 'Clicks that were redirected but could not be counted',
        registers: [registry],
      });
};

/** Tells the bot's owner of clicks. A click that cannot be told is counted as lost; nobody waits for it. */
export class ClickCounter {
  readonly #bus: MessageBus;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #lost: Counter;

  constructor(bus: MessageBus, clock: Clock, log: Log, registry: Registry) {
    this.#bus = bus;
    this.#clock = clock;
    this.#log = log;
    this.#lost = lostCounter(registry);
  }

  /** Never rejects. Every click counts: a person who clicks twice clicked twice. */
  async count({ botId, channel }: LinkTarget, ref: string): Promise<void> {
    const value: ReceiptMessage = {
      v: 1,
      botId,
      kind: 'clicked',
      ref,
      at: this.#clock.now(),
      dedupe: opaqueId(),
    };
    try {
      await this.#bus.publish([
        { topic: topics.receipts(channel), key: botId, partitionBy: botId, value },
      ]);
    } catch (error) {
      this.#lost.inc();
      this.#log.warn('click not counted', { channel, error: String(error) });
    }
  }
}
