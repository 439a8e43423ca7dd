import type { DeliveryEvent, SettledOutcome } from '@crier/contracts';
import type { Meter } from '@crier/kernel';

const OUTCOMES: readonly SettledOutcome[] = [
  'sent',
  'failed',
  'skipped',
  'unconfirmed',
  'returned',
];

/** How often each comes. */
const tallied = (names: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

/** What a lane adds to the figures of its bot. */
export class LaneCounters {
  readonly #meter: Meter;
  readonly #bot: { readonly channel: string; readonly bot: string };

  constructor(meter: Meter, bot: { readonly channel: string; readonly bot: string }) {
    this.#meter = meter;
    this.#bot = bot;
  }

  /** Counters that begin at zero show their first rise too. */
  begin(): void {
    for (const outcome of OUTCOMES)
      this.#meter.count('crier_outcomes_total', { ...this.#bot, outcome }, 0);
    for (const name of ['crier_bot_pauses_total', 'crier_appends_conflicted_total'])
      this.#meter.count(name, this.#bot, 0);
  }

  /** These are stored. */
  settled(events: readonly DeliveryEvent[]): void {
    const entries = events.flatMap((event) =>
      event.type === 'WindowTurned' ? event.data.settled : [],
    );
    for (const [outcome, count] of tallied(entries.map(([, outcome]) => outcome)))
      this.#meter.count('crier_outcomes_total', { ...this.#bot, outcome }, count);
    const failed = entries.filter(([, outcome]) => outcome === 'failed');
    const reasons = failed.map(([, , detail]) => detail?.reason ?? 'unknown');
    for (const [reason, count] of tallied(reasons))
      this.#meter.count('crier_failures_total', { ...this.#bot, reason }, count);
  }

  /** Another writer was first. */
  conflicted(): void {
    this.#meter.count('crier_appends_conflicted_total', this.#bot);
  }

  /** The messenger asked for quiet. */
  paused(): void {
    this.#meter.count('crier_bot_pauses_total', this.#bot);
  }

  /** The lane holds itself. */
  held(reason: string): void {
    this.#meter.count('crier_lane_holds_total', { ...this.#bot, reason });
  }
}
