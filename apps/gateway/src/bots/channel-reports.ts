import { topics, type ChannelAnnounced } from '@crier/contracts';
import type { IncomingMessage, MessageBus, Subscription } from '@crier/kernel';

type Reports = ChannelAnnounced['capabilities']['reports'];

/** What the channels say that they report. Learnt from the dispatchers' announcements; what is not known yet reports nothing. */
export class ChannelReports {
  readonly #bus: MessageBus;
  readonly #known = new Map<string, Reports>();
  #subscription: Subscription | undefined;

  constructor(bus: MessageBus) {
    this.#bus = bus;
  }

  readonly of = (channel: string): Reports | undefined => this.#known.get(channel);

  /** @throws Unavailable */
  async start(): Promise<void> {
    this.#subscription = await this.#bus.tail({
      topic: topics.channels,
      onBatch: (messages) => {
        this.#learn(messages);
        return Promise.resolve();
      },
    });
    this.#learn(await this.#bus.snapshot(topics.channels));
  }

  async stop(): Promise<void> {
    await this.#subscription?.close();
  }

  #learn(messages: readonly IncomingMessage[]): void {
    for (const { value } of messages) {
      if (value === null) continue;
      const { capabilities } = value as ChannelAnnounced;
      this.#known.set(capabilities.channel, capabilities.reports);
    }
  }
}
