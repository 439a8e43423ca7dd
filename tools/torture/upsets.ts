import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerName } from '@crier/local-infra';
import { RunBroken } from './broken.ts';
import type { ClusterStage } from './cluster-stage.ts';
import type { Figures } from './figures.ts';
import { say } from './options.ts';
import type { Random } from './random.ts';
import { quantile } from './seconds.ts';

/** Something that goes wrong in a cluster. */
export type Upset =
  { readonly kind: 'app' } | { readonly kind: 'killed' | 'frozen'; readonly server: ServerName };

interface Happened {
  readonly what: string;
  readonly isStore: boolean;
  readonly beganAt: number;
  /** When everything was there again. */
  readonly backAt: number;
}

const SERVERS: readonly ServerName[] = ['eventstoredb', 'kafka', 'mongodb'];
const FROZEN_MS = 30_000;
const DOWN_MS = 1_500;
/** The promise: so long after an app, or a store, is back, messages leave again. */
const GOES_ON_WITHIN_MS = { app: 5_000, store: 15_000 } as const;

/** `apps` kills of apps and, of every server, `servers` kills and as many freezes, in some order. */
export const upsetsOf = (
  counts: { apps: number; servers: number },
  random: Random,
): readonly Upset[] => {
  const apps = Array.from({ length: counts.apps }, (): Upset => ({ kind: 'app' }));
  const servers = SERVERS.flatMap((server) =>
    Array.from({ length: counts.servers }, (): readonly Upset[] => [
      { kind: 'killed', server },
      { kind: 'frozen', server },
    ]).flat(),
  );
  const all = [...apps, ...servers];
  return random.some(all, all.length);
};

/** How long a bot waited; undefined where it had nothing to do, or the next upset came first. */
const waitOf = (
  times: readonly number[],
  backAt: number,
  nextUpsetAt = Infinity,
): number | undefined => {
  const next = times.find((at) => at >= backAt);
  return next === undefined || next > nextUpsetAt ? undefined : next - backAt;
};

/** Upsets a running cluster, and knows afterwards how soon each bot went on. */
export class Upsets {
  readonly #stage: ClusterStage;
  readonly #random: Random;
  readonly #happened: Happened[] = [];

  constructor(stage: ClusterStage, random: Random) {
    this.#stage = stage;
    this.#random = random;
  }

  get count(): number {
    return this.#happened.length;
  }

  async next(upset: Upset): Promise<void> {
    const beganAt = Date.now();
    const what = upset.kind === 'app' ? await this.#killApp() : await this.#upsetServer(upset);
    this.#happened.push({ what, isStore: upset.kind !== 'app', beganAt, backAt: Date.now() });
    await sleep(upset.kind === 'app' ? this.#random.between(300, 2_500) : GOES_ON_WITHIN_MS.store);
  }

  /** `arrivals`: of each bot, when the other side was asked, in order. */
  report(figures: Figures, arrivals: ReadonlyMap<string, readonly number[]>): void {
    const kills = new Map<string, number>();
    const waits = { app: [] as number[], store: [] as number[] };
    const late: string[] = [];
    for (const [i, { what, isStore, backAt }] of this.#happened.entries()) {
      kills.set(what, (kills.get(what) ?? 0) + 1);
      const kind = isStore ? 'store' : 'app';
      for (const [bot, times] of arrivals) {
        const wait = waitOf(times, backAt, this.#happened[i + 1]?.beganAt);
        if (wait === undefined) continue;
        waits[kind].push(wait);
        if (wait > GOES_ON_WITHIN_MS[kind])
          late.push(
            `${bot} ${Math.round(wait)} ms after ${what}, ${new Date(backAt).toISOString()}`,
          );
      }
    }
    for (const [what, count] of [...kills].sort()) figures.note(`upset: ${what}`, count);
    for (const [kind, ms] of Object.entries(waits))
      figures.note(
        `a bot goes on after ${kind === 'app' ? 'an app' : 'a store'} is back, ms (p50, p99, max)`,
        [0.5, 0.99, 1].map((share) => Math.round(quantile(ms, share))).join(', '),
      );
    for (const each of late.slice(0, 20)) figures.note('late', each);
    figures.claim('every bot goes on in time', late.length === 0, late.length);
  }

  async #killApp(): Promise<string> {
    const { apps } = this.#stage.cluster;
    const [app] = this.#random.some(apps, 1);
    if (!app) throw new RunBroken('no app runs');
    await app.kill();
    await app.ready();
    return `killed ${app.name.replace(/-\d+$/, '')}`;
  }

  async #upsetServer({
    kind,
    server: name,
  }: Extract<Upset, { server: ServerName }>): Promise<string> {
    const server = this.#stage.cluster.infra[name];
    say(`${name} is ${kind}`);
    if (kind === 'killed') {
      server.signal('SIGKILL');
      await sleep(DOWN_MS);
      await server.up();
    } else {
      server.signal('SIGSTOP');
      await sleep(FROZEN_MS);
      server.signal('SIGCONT');
    }
    return `${kind} ${name}`;
  }
}
