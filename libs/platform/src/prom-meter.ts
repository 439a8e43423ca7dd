import { Meter, type Labels } from '@crier/kernel';
import { Counter, Histogram, type Registry } from 'prom-client';

/** Every metric of the apps: what it counts, and by which labels. */
const METRICS = {
  crier_outcomes_total: {
    help: 'Outcomes of recipients as stored',
    labels: ['channel', 'bot', 'outcome'],
  },
  crier_appends_conflicted_total: {
    help: 'Turns decided anew because another writer was first',
    labels: ['channel', 'bot'],
  },
  crier_bot_pauses_total: {
    help: 'Times a messenger asked a bot to keep quiet',
    labels: ['channel', 'bot'],
  },
  crier_lane_holds_total: {
    help: 'Lanes that held themselves',
    labels: ['channel', 'bot', 'reason'],
  },
  crier_projection_lag_seconds: {
    help: 'From the recording of an event to its place in the read models',
    labels: ['projection'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  },
} as const;

/** Metrics in a Prometheus registry. A name outside the table is a bug and throws. */
export class PromMeter extends Meter {
  readonly #counters = new Map<string, Counter>();
  readonly #histograms = new Map<string, Histogram>();

  constructor(registry: Registry) {
    super();
    for (const [name, { help, labels, ...options }] of Object.entries(METRICS))
      if ('buckets' in options)
        this.#histograms.set(
          name,
          new Histogram({
            name,
            help,
            labelNames: labels,
            buckets: [...options.buckets],
            registers: [registry],
          }),
        );
      else
        this.#counters.set(
          name,
          new Counter({ name, help, labelNames: labels, registers: [registry] }),
        );
  }

  count(name: string, labels: Labels, by = 1): void {
    const counter = this.#counters.get(name);
    if (!counter) throw new TypeError(`No such counter: ${name}`);
    counter.inc(labels, by);
  }

  observe(name: string, labels: Labels, value: number): void {
    const histogram = this.#histograms.get(name);
    if (!histogram) throw new TypeError(`No such histogram: ${name}`);
    histogram.observe(labels, value);
  }
}
