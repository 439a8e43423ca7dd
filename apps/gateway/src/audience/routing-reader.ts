import type { BotRegistry, RoutingTable } from '@crier/audience';
import { topics, type ChannelAnnounced, type MessageContent } from '@crier/contracts';
import { routingTable } from '@crier/delivery';
import type { Clock, MessageBus } from '@crier/kernel';

/** What routing knows: the bots, and what dispatchers announced. The same table that a freeze uses. */
export class RoutingReader {
  readonly #bots: BotRegistry;
  readonly #bus: MessageBus;
  readonly #clock: Clock;

  constructor(bots: BotRegistry, bus: MessageBus, clock: Clock) {
    this.#bots = bots;
    this.#bus = bus;
    this.#clock = clock;
  }

  /** The table for a message; without one, as if every channel had content. @throws Unavailable */
  async table(content: MessageContent | undefined): Promise<RoutingTable> {
    const bots = await this.#bots.list();
    const shown: MessageContent = content ?? { synchronised: true, elements: [ANYTHING] };
    return routingTable(bots, shown, await this.announced(), this.#clock.now());
  }

  /** @throws Unavailable */
  async announced(): Promise<readonly ChannelAnnounced[]> {
    const entries = await this.#bus.snapshot(topics.channels);
    return entries.map(({ value }) => value as ChannelAnnounced);
  }
}

const ANYTHING = { type: 'text', text: 'anything' } as const;
