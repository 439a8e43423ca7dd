import type { Channel } from '@crier/contracts';
import type { Meter } from '@crier/kernel';
import type { Governor } from './governor.ts';
import { LANE_STATES, type LaneFigures } from './lane-figures.ts';

const sumOf = (figures: readonly LaneFigures[], name: 'waiting' | 'inFlight' | 'inDoubt'): number =>
  figures.reduce((sum, figure) => sum + figure[name], 0);

/** Tells the meter what one dispatcher copy holds. */
export class Census {
  readonly #meter: Meter;
  readonly #channel: Channel;
  readonly #partitions = new Set<number>();
  /** Whoever had lanes here once: told as zero afterwards, because a gauge keeps its last value. */
  readonly #bots = new Set<string>();

  constructor(meter: Meter, channel: Channel) {
    this.#meter = meter;
    this.#channel = channel;
  }

  gained(partition: number): void {
    this.#partitions.add(partition);
    this.#meter.count('crier_partitions_gained_total', { channel: this.#channel });
    this.#tellPartitions();
  }

  lost(partition: number): void {
    this.#partitions.delete(partition);
    this.#tellPartitions();
  }

  /** A message of this topic was stored or sent `at`, and is being dealt with `now`. */
  heard(topic: string, at: string, now: string): void {
    // A clock that is behind, or an instant that is none, must not stop a reader.
    const seconds = Math.max(0, Date.parse(now) - Date.parse(at) || 0) / 1_000;
    this.#meter.observe('crier_message_age_seconds', { topic }, seconds);
  }

  /** What a bot's governor calls with every slice that left. */
  startsOf(bot: string): (starts: number) => void {
    const labels = { channel: this.#channel, bot };
    this.#meter.count('crier_starts_total', labels, 0);
    return (starts) => {
      this.#meter.count('crier_starts_total', labels, starts);
    };
  }

  /** How all lanes and all bots of this copy stand now. */
  tell(lanes: readonly LaneFigures[], governors: ReadonlyMap<string, Governor>): void {
    const channel = this.#channel;
    this.#tellPartitions();
    for (const state of LANE_STATES) {
      const count = lanes.filter((lane) => lane.state === state).length;
      this.#meter.gauge('crier_lanes', { channel, state }, count);
    }
    for (const { bot } of lanes) this.#bots.add(bot);
    for (const bot of this.#bots) {
      const own = lanes.filter((lane) => lane.bot === bot);
      const labels = { channel, bot };
      this.#meter.gauge('crier_waiting', labels, sumOf(own, 'waiting'));
      this.#meter.gauge('crier_in_flight', labels, sumOf(own, 'inFlight'));
      this.#meter.gauge('crier_in_doubt', labels, sumOf(own, 'inDoubt'));
    }
    for (const [bot, { rate }] of governors)
      this.#meter.gauge('crier_bot_rate', { channel, bot }, rate);
  }

  #tellPartitions(): void {
    this.#meter.gauge('crier_partitions', { channel: this.#channel }, this.#partitions.size);
  }
}
