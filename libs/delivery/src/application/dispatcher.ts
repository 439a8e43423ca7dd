import type { Bot } from '@crier/audience';
import {
  laneKey,
  topics,
  type Channel,
  type ChannelAnnounced,
  type LaneMessage,
  type LifecycleMessage,
  type ReceiptMessage,
} from '@crier/contracts';
import { freshId, type IncomingMessage, type MessageBus, type Subscription } from '@crier/kernel';
import type { Proof } from '../domain/turn.ts';
import { announcedOf } from './announced.ts';
import { ClosedLanes } from './closed-lanes.ts';
import { Errands } from './errands.ts';
import { Governor } from './governor.ts';
import type { LaneDeps } from './lane-deps.ts';
import { Census } from './census.ts';
import { LaneRunner } from './lane-runner.ts';
import { Receipts, type Prover } from './receipts.ts';
import type { SentMessages } from './sent-messages.ts';

export interface DispatcherDeps extends Omit<LaneDeps, 'alarm'> {
  readonly bus: MessageBus;
  readonly refSecret: string;
  /** Where receipts that name no place are looked up. */
  readonly sent: SentMessages;
}

const ANNOUNCE_MS = 20_000;
const EXPIRES_MS = 60_000;
const LISTED_AGAIN_MS = 5_000;
const CENSUS_MS = 5_000;

/** One dispatcher copy: owns the bots of its partitions, runs their lanes, records their receipts, does their errands. */
export class Dispatcher implements Prover {
  readonly #deps: DispatcherDeps;
  readonly #channel: Channel;
  readonly #instance = freshId();
  readonly #lanes = new Map<
    string,
    { runner: LaneRunner; partition: number; broadcastId: string }
  >();
  readonly #governors = new Map<string, Governor>();
  readonly #closed: ClosedLanes;
  readonly #receipts: Receipts;
  readonly #errands: Errands;
  readonly #census: Census;
  readonly #stop = new AbortController();
  #subscriptions: Subscription[] = [];
  #repeating: readonly Promise<void>[] = [];

  constructor(deps: DispatcherDeps) {
    this.#deps = deps;
    this.#channel = deps.connector.channel;
    this.#closed = new ClosedLanes(deps);
    this.#census = new Census(deps.meter, this.#channel);
    this.#receipts = new Receipts({
      ...deps,
      prover: this,
      channel: this.#channel,
      signal: this.#stop.signal,
      impliesDelivered: deps.connector.capabilities.reports.delivered,
    });
    this.#errands = new Errands({ ...deps, governorOf: (bot) => this.#governorOf(bot) });
  }

  /** Hears the lifecycle before it adopts anything (R17), then takes its share of the partitions. */
  async start(): Promise<void> {
    const { bus } = this.#deps;
    await this.#announce();
    const tail = await bus.tail({ topic: topics.lifecycle, onBatch: this.#hear });
    const owned = await bus.own({
      group: `dispatcher-${this.#channel}`,
      table: topics.lanes(this.#channel),
      logs: {
        [topics.receipts(this.#channel)]: this.#receive,
        [topics.receiptsAgain(this.#channel)]: this.#receipts.handleAgain,
        [topics.errands(this.#channel)]: this.#errands.handle,
      },
      onAssigned: async (partition, entries) => {
        this.#census.gained(partition);
        await this.#listed(entries);
      },
      onChange: this.#listed,
      onRevoked: async (partition) => {
        this.#census.lost(partition);
        await this.#release((lane) => lane.partition === partition);
      },
    });
    this.#subscriptions = [owned, tail];
    this.#repeating = [this.#keepAnnouncing(), this.#keepCounting()];
  }

  /** Nothing leaves from here on; every window is settled when this resolves. */
  async stop(): Promise<void> {
    this.#stop.abort();
    const [owned, ...others] = this.#subscriptions;
    await this.#release(() => true);
    await owned?.close();
    await Promise.all(others.map((subscription) => subscription.close()));
    await Promise.all(this.#repeating);
    await Promise.all([...this.#governors.values()].map((governor) => governor.close()));
  }

  async prove(
    place: { broadcastId: string; lane: number },
    proofs: readonly Proof[],
  ): Promise<void> {
    const lane = this.#lanes.get(laneKey(place.broadcastId, place.lane));
    if (lane) await lane.runner.prove(proofs);
    else await this.#closed.prove(place, proofs);
  }

  readonly #hear = async (messages: readonly IncomingMessage[]): Promise<void> => {
    for (const { value } of messages) {
      const news = value as LifecycleMessage;
      this.#census.heard(topics.lifecycle, news.recordedAt, this.#deps.clock.now());
      for (const lane of this.#lanes.values())
        if (lane.broadcastId === news.broadcastId) lane.runner.hear(news);
    }
    return Promise.resolve();
  };

  readonly #receive = async (messages: readonly IncomingMessage[]): Promise<void> => {
    const now = this.#deps.clock.now();
    for (const { topic, value } of messages)
      this.#census.heard(topic, (value as ReceiptMessage).at, now);
    await this.#receipts.handle(messages);
  };

  readonly #listed = async (messages: readonly IncomingMessage[]): Promise<void> => {
    for (const message of messages) await this.#list(message);
  };

  async #list({ key, partition, value }: IncomingMessage): Promise<void> {
    const known = this.#lanes.get(key);
    if (value === null) {
      this.#lanes.delete(key);
      await known?.runner.release();
      return;
    }
    const lane = value as LaneMessage;
    if (known) {
      known.runner.change(lane);
      return;
    }
    await this.#adopt(lane, partition);
  }

  async #adopt(lane: LaneMessage, partition: number): Promise<void> {
    const bot = await this.#deps.bots.get(lane.botId);
    if (this.#stop.signal.aborted) return;
    if (!bot) {
      this.#deps.log.warn('lane of an unknown bot', {
        botId: lane.botId,
        broadcastId: lane.broadcastId,
      });
      void this.#adoptLater(lane, partition);
      return;
    }
    const deps = { ...this.#deps, alarm: this.#alarm };
    const runner = new LaneRunner(deps, lane, bot, this.#governorOf(bot));
    this.#lanes.set(runner.key, { runner, partition, broadcastId: lane.broadcastId });
    runner.start();
  }

  /** The bot may be registered again; until then its lanes wait. */
  async #adoptLater(lane: LaneMessage, partition: number): Promise<void> {
    await this.#deps.clock.sleep(LISTED_AGAIN_MS, this.#stop.signal);
    if (!this.#stop.signal.aborted && !this.#lanes.has(laneKey(lane.broadcastId, lane.lane)))
      await this.#adopt(lane, partition);
  }

  readonly #alarm: LaneDeps['alarm'] = async (lane, { scope, reason, detail }) => {
    const { bus, clock, actor } = this.#deps;
    const { broadcastId } = lane;
    await bus.publish([
      {
        topic: topics.commands,
        key: broadcastId,
        value: {
          v: 1,
          commandId: freshId(),
          broadcastId,
          type: scope === 'lane' ? 'HoldLane' : 'HoldBroadcast',
          data: { reason, detail, ...(scope === 'lane' ? { lane: lane.lane } : {}) },
          actor,
          correlationId: broadcastId,
          askedAt: clock.now(),
        },
      },
    ]);
  };

  #governorOf(bot: Bot): Governor {
    const known = this.#governors.get(bot.id);
    known?.change(bot.rate);
    const governor =
      known ?? new Governor(bot.rate, this.#deps.clock, this.#census.startsOf(bot.id));
    this.#governors.set(bot.id, governor);
    return governor;
  }

  async #release(which: (lane: { partition: number }) => boolean): Promise<void> {
    const leaving = [...this.#lanes].filter(([, lane]) => which(lane));
    for (const [key] of leaving) this.#lanes.delete(key);
    await Promise.all(leaving.map(([, { runner }]) => runner.release()));
  }

  async #announce(): Promise<void> {
    const { bus, clock, connector } = this.#deps;
    const value: ChannelAnnounced = {
      v: 1,
      instance: this.#instance,
      capabilities: announcedOf(connector),
      expiresAt: new Date(Date.parse(clock.now()) + EXPIRES_MS).toISOString(),
    };
    await bus.publish([
      { topic: topics.channels, key: `${this.#channel}/${this.#instance}`, value },
    ]);
  }

  /** Looks at its lanes again and again: what stands is told, what happens is counted where it happens. */
  async #keepCounting(): Promise<void> {
    const { clock } = this.#deps;
    while (!this.#stop.signal.aborted) {
      const lanes = [...this.#lanes.values()].map(({ runner }) => runner.figures);
      this.#census.tell(lanes, this.#governors);
      await clock.sleep(CENSUS_MS, this.#stop.signal);
    }
  }

  async #keepAnnouncing(): Promise<void> {
    for (;;) {
      await this.#deps.clock.sleep(ANNOUNCE_MS, this.#stop.signal);
      if (this.#stop.signal.aborted) break;
      await this.#announce().catch((error: unknown) => {
        this.#deps.log.warn('capabilities not announced', { error: String(error) });
      });
    }
  }
}
