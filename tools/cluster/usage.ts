import { readFileSync } from 'node:fs';
import type { Cluster } from './cluster.ts';

const CLOCK_TICKS = 100;
const LOOK_EVERY_MS = 500;

/** A process to look at; the number may change when it dies and comes again. */
export interface Watched {
  readonly name: string;
  readonly pid: () => number | undefined;
}

interface Look {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** CPU seconds of all threads since the process began. */
  readonly cpu: ReadonlyMap<string, number>;
  readonly memoryMb: ReadonlyMap<string, number>;
  /** CPU seconds of everything on this machine. */
  readonly machine: number;
}

/** A stretch of time, in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

const procFile = (pid: number, file: 'stat' | 'status'): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
};

const cpuOf = (pid: number): number => {
  const fields = procFile(pid, 'stat')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / CLOCK_TICKS;
};

const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(procFile(pid, 'status'))?.[1] ?? 0) / 1_024;

/** User, nice, system, and interrupts hard and soft: all but idling and waiting. */
const BUSY = [1, 2, 3, 6, 7];

const machineCpu = (): number => {
  const fields = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/\s+/) ?? [];
  return BUSY.reduce((sum, at) => sum + Number(fields[at] ?? 0), 0) / CLOCK_TICKS;
};

/** Apps and servers of a cluster, each under its own name. */
export const processesOf = (cluster: Cluster): readonly Watched[] => [
  ...cluster.apps.map((app) => ({ name: app.name, pid: () => app.pid })),
  ...Object.values(cluster.infra).map((server) => ({ name: server.name, pid: () => server.pid })),
];

/** CPU and memory of processes, looked at twice a second as long as it runs. */
export class Usage {
  readonly #watched: readonly Watched[];
  readonly #looks: Look[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(watched: readonly Watched[]) {
    this.#watched = watched;
    this.look();
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  get names(): readonly string[] {
    return this.#watched.map(({ name }) => name);
  }

  /** One more look, beside those of the clock. */
  look(): void {
    const pids = this.#watched.map(({ name, pid }) => [name, pid() ?? 0] as const);
    this.#looks.push({
      at: Date.now(),
      cpu: new Map(pids.map(([name, pid]) => [name, cpuOf(pid)])),
      memoryMb: new Map(pids.map(([name, pid]) => [name, memoryOf(pid)])),
      machine: machineCpu(),
    });
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** CPU seconds for each second of a span: 1 is a whole core. */
  cores(name: string, span: Span): number {
    return this.#rate(span, ({ cpu }) => cpu.get(name) ?? 0);
  }

  /** Cores that processes outside of this watch took: a measurement beside them says little. */
  coresOfOthers(span: Span): number {
    const own = this.names.reduce((sum, name) => sum + this.cores(name, span), 0);
    return Math.max(0, this.#rate(span, ({ machine }) => machine) - own);
  }

  /** CPU seconds within a span. */
  cpuSeconds(name: string, span: Span): number {
    return (this.cores(name, span) * (span.until - span.from)) / 1_000;
  }

  /** Megabytes at every look of a span. */
  memoryMb(name: string, span: Span): readonly number[] {
    return this.#within(span).map(({ memoryMb }) => memoryMb.get(name) ?? 0);
  }

  #rate(span: Span, read: (look: Look) => number): number {
    const looks = this.#within(span);
    const first = looks[0];
    const last = looks.at(-1);
    if (!first || !last || last.at === first.at) return 0;
    return (read(last) - read(first)) / ((last.at - first.at) / 1_000);
  }

  /** The looks of a span; where it is short, the one before and the one after it too. */
  #within({ from, until }: Span): readonly Look[] {
    const first = this.#looks.findLastIndex(({ at }) => at <= from);
    const last = this.#looks.findIndex(({ at }) => at >= until);
    return this.#looks.slice(Math.max(0, first), last === -1 ? undefined : last + 1);
  }
}

/** Some processes in one line, the busiest first: `name 0.93, …`. */
export const busiest = (usage: Usage, span: Span): string =>
  usage.names
    .map((name) => [name, usage.cores(name, span)] as const)
    .filter(([, cores]) => cores >= 0.005)
    .sort(([, one], [, other]) => other - one)
    .map(([name, cores]) => `${name} ${cores.toFixed(2)}`)
    .join(', ');
