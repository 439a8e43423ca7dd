import { Meter, type Labels } from '@crier/kernel';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

interface Counted {
  readonly help: string;
  readonly labels: readonly string[];
}
interface Observed extends Counted {
  readonly buckets: readonly number[];
}

const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** What happens. */
const COUNTERS: Readonly<Record<string, Counted>> = {
  crier_outcomes_total: {
    help: 'Outcomes of recipients as stored',
    labels: ['channel', 'bot', 'outcome'],
  },
  crier_failures_total: {
    help: 'Recipients that failed, by what the messenger said',
    labels: ['channel', 'bot', 'reason'],
  },
  crier_starts_total: {
    help: 'Requests that left for a messenger, parts and errands included',
    labels: ['channel', 'bot'],
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
  crier_partitions_gained_total: {
    help: 'Partitions that came to a dispatcher copy: rises when copies come and go',
    labels: ['channel'],
  },
};

/** What stands. */
const GAUGES: Readonly<Record<string, Counted>> = {
  crier_lanes: { help: 'Open lanes of this copy by state', labels: ['channel', 'state'] },
  crier_waiting: {
    help: 'Recipients of open lanes that nothing has left for yet',
    labels: ['channel', 'bot'],
  },
  crier_in_flight: {
    help: 'Recipients whose requests may have left and have no answer yet',
    labels: ['channel', 'bot'],
  },
  crier_in_doubt: {
    help: 'Of these, the ones that a former owner left behind',
    labels: ['channel', 'bot'],
  },
  crier_bot_rate: {
    help: 'Requests per second that a bot is allowed',
    labels: ['channel', 'bot'],
  },
  crier_partitions: {
    help: 'Partitions that this dispatcher copy owns',
    labels: ['channel'],
  },
  crier_duty_active: {
    help: '1 where this copy does what only one copy does at a time',
    labels: ['duty'],
  },
};

/** How long things take. */
const HISTOGRAMS: Readonly<Record<string, Observed>> = {
  crier_projection_lag_seconds: {
    help: 'From the recording of an event to its place in the read models',
    labels: ['projection'],
    buckets: SECONDS,
  },
  crier_message_age_seconds: {
    help: 'From the making of a message to whoever deals with it, by topic',
    labels: ['topic'],
    buckets: SECONDS,
  },
};

const made = <Spec extends Counted, Metric>(
  specs: Readonly<Record<string, Spec>>,
  make: (spec: Spec & { name: string; labelNames: string[] }) => Metric,
): ReadonlyMap<string, Metric> =>
  new Map(
    Object.entries(specs).map(([name, spec]) => [
      name,
      make({ ...spec, name, labelNames: [...spec.labels] }),
    ]),
  );

/** Metrics in a Prometheus registry. A name outside the tables is a bug and throws. */
export class PromMeter extends Meter {
  readonly #counters: ReadonlyMap<string, Counter>;
  readonly #gauges: ReadonlyMap<string, Gauge>;
  readonly #histograms: ReadonlyMap<string, Histogram>;

  constructor(registry: Registry) {
    super();
    const registers = [registry];
    this.#counters = made(
      COUNTERS,
      ({ name, help, labelNames }) => new Counter({ name, help, labelNames, registers }),
    );
    this.#gauges = made(
      GAUGES,
      ({ name, help, labelNames }) => new Gauge({ name, help, labelNames, registers }),
    );
    this.#histograms = made(
      HISTOGRAMS,
      ({ name, help, labelNames, buckets }) =>
        new Histogram({ name, help, labelNames, buckets: [...buckets], registers }),
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

  gauge(name: string, labels: Labels, value: number): void {
    const gauge = this.#gauges.get(name);
    if (!gauge) throw new TypeError(`No such gauge: ${name}`);
    gauge.set(labels, value);
  }
}
