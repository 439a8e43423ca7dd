import { allDown, allUp, localInfra, type LocalInfra } from '@crier/local-infra';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppProcess } from './app-process.ts';
import { Edge } from './edge.ts';

export type AppName = 'broadcasts' | 'scheduler' | 'projector' | 'gateway' | `dispatcher-${string}`;
export type Copies = Readonly<Partial<Record<AppName, number>>>;

export interface ClusterOptions {
  /** Holds everything: the servers' data, keys, logs. */
  readonly root: string;
  /** Moves the ports of the servers. */
  readonly offset?: number;
  /** 0: any free one. */
  readonly port: number;
  readonly sandboxUrl: string;
  readonly demo: boolean;
  readonly copies?: Copies;
  readonly adminToken?: string;
  /** Must stay the same for the same data; a fresh one by default. */
  readonly secret?: string;
  /** Apps that die are started again, as an orchestrator does. */
  readonly supervised?: boolean;
  readonly logLevel?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** How one copy differs from the others. */
export interface AppChanges {
  readonly env?: Readonly<Record<string, string>>;
  /** Another main file. */
  readonly main?: string;
  readonly flags?: readonly string[];
}

const TWO_OF_ALL: Copies = {
  broadcasts: 2,
  scheduler: 2,
  projector: 2,
  'dispatcher-telegram': 2,
  gateway: 1,
};
/** The local broker allows less than the 6 s of a common one: copies take over sooner. */
const SESSION_MS = '3000';
const FLAGS = ['--max-semi-space-size=8', '--disable-warning=TimeoutNegativeWarning'];

/** A copy of a built app: a build that is made meanwhile must not take it away between two starts. Gives its main file. */
const copiedMain = (app: string, root: string): string => {
  const built = fileURLToPath(new URL(`../../apps/${app}/dist`, import.meta.url));
  if (!existsSync(join(built, 'main.js')))
    throw new Error(`${built} is missing; build first: npm run build`);
  const copy = join(root, 'apps', app);
  cpSync(built, copy, { recursive: true, filter: (path) => !path.endsWith('.map') });
  writeFileSync(join(copy, 'package.json'), '{ "type": "module" }');
  return join(copy, 'main.js');
};

/** The console's files, beside the apps as in an image. */
const copyConsole = (root: string): void => {
  const built = fileURLToPath(new URL('../../apps/console/dist', import.meta.url));
  if (existsSync(built)) cpSync(built, join(root, 'apps/console'), { recursive: true });
};

/** Every app as processes of their own, on servers without Docker, behind one address. */
export class Cluster {
  readonly infra: LocalInfra;
  readonly adminToken: string;
  readonly apps: AppProcess[] = [];
  readonly #options: ClusterOptions;
  readonly #root: string;
  readonly #secret: string;
  readonly #mains = new Map<string, string>();
  #edge: Edge | undefined;

  private constructor(options: ClusterOptions) {
    this.#options = options;
    this.#root = resolve(options.root);
    this.infra = localInfra(this.#root, options.offset);
    this.#secret = options.secret ?? randomBytes(32).toString('base64url');
    this.adminToken = options.adminToken ?? `crier_${randomBytes(32).toString('base64url')}`;
  }

  static async start(options: ClusterOptions): Promise<Cluster> {
    const cluster = new Cluster(options);
    try {
      await cluster.#start();
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  get url(): string {
    return this.#edge?.url ?? '';
  }

  get #copies(): Copies {
    return { ...TWO_OF_ALL, ...this.#options.copies };
  }

  /** In the order in which work flows. */
  get #names(): readonly AppName[] {
    const names = Object.keys(this.#copies) as AppName[];
    const dispatchers = names.filter((name) => name.startsWith('dispatcher-'));
    return ['broadcasts', 'scheduler', 'projector', ...dispatchers, 'gateway'];
  }

  /** The copies of one app. */
  of(name: AppName): readonly AppProcess[] {
    return this.apps.filter((app) => app.name.startsWith(`${name}-`));
  }

  /** One more copy. */
  async add(name: AppName, more: AppChanges = {}): Promise<AppProcess> {
    const app = this.#newApp(name, this.of(name).length + 1, more);
    this.apps.push(app);
    app.start();
    await app.ready();
    return app;
  }

  /** All apps die at this very moment, and come again. */
  async crash(): Promise<void> {
    await Promise.all(this.apps.map((app) => app.stop('SIGKILL')));
    await this.#startApps();
  }

  /** A graceful stop of all apps, and a new start. */
  async restart(): Promise<void> {
    await this.#stopApps();
    await this.#startApps();
  }

  /** Stops everything, in the order in which work flows. */
  async stop(): Promise<void> {
    await this.#stopApps();
    this.#edge?.stop();
    await allDown(this.infra);
  }

  async #start(): Promise<void> {
    mkdirSync(join(this.#root, 'logs'), { recursive: true });
    copyConsole(this.#root);
    for (const app of ['setup', ...this.#names]) this.#mains.set(app, copiedMain(app, this.#root));
    await allUp(this.infra);
    this.#edge = await Edge.start(this.#options.port, (path) => this.#route(path));
    await this.#setUp();
    for (const name of this.#names)
      for (let copy = 1; copy <= (this.#copies[name] ?? 0); copy += 1)
        this.apps.push(this.#newApp(name, copy));
    await this.#startApps();
  }

  async #setUp(): Promise<void> {
    const setup = new AppProcess({
      name: 'setup',
      main: this.#mainOf('setup'),
      env: {
        ...this.#environment(),
        CRIER_KEYS: join(this.#root, 'keys'),
        CRIER_DEMO: this.#options.demo ? 'on' : 'off',
        CRIER_SANDBOX_URL: this.#options.sandboxUrl,
      },
      log: join(this.#root, 'logs/setup.log'),
      supervised: false,
    });
    setup.start();
    if ((await setup.ended()) !== 0)
      throw new Error(`setup failed; see ${this.#root}/logs/setup.log`);
  }

  async #startApps(): Promise<void> {
    for (const app of this.apps) app.start();
    await Promise.all(this.apps.map((app) => app.ready()));
  }

  async #stopApps(): Promise<void> {
    for (const name of [...this.#names].reverse())
      await Promise.all(this.of(name).map((app) => app.stop()));
  }

  #newApp(name: AppName, copy: number, more: AppChanges = {}): AppProcess {
    return new AppProcess({
      name: `${name}-${copy}`,
      main: more.main ?? this.#mainOf(name),
      env: { ...this.#environment(), CRIER_SPOOL: join(this.#root, `spool-${copy}`), ...more.env },
      log: join(this.#root, `logs/${name}-${copy}.log`),
      flags: [...FLAGS, ...(more.flags ?? [])],
      supervised: this.#options.supervised ?? false,
    });
  }

  #environment(): Record<string, string> {
    const { eventstoredb, kafka, mongodb } = this.infra;
    return {
      CRIER_LOG_LEVEL: this.#options.logLevel ?? 'info',
      CRIER_EVENTSTOREDB: eventstoredb.address,
      CRIER_KAFKA: kafka.address,
      CRIER_KAFKA_SESSION_MS: SESSION_MS,
      CRIER_MONGODB: mongodb.address,
      CRIER_PUBLIC_URL: this.url,
      CRIER_SECRET: this.#secret,
      CRIER_ADMIN_TOKEN: this.adminToken,
      ...this.#options.env,
    };
  }

  #mainOf(app: string): string {
    return this.#mains.get(app) ?? '';
  }

  #turn = 0;
  #route(path: string): string | undefined {
    const [, first, channel] = path.split('/');
    const dispatcher: AppName = `dispatcher-${channel ?? ''}`;
    const isHook = first === 'hooks' && this.#names.includes(dispatcher);
    const name = isHook ? dispatcher : 'gateway';
    const urls = this.of(name).flatMap(({ url }) => (url === undefined ? [] : [url]));
    this.#turn += 1;
    return urls[this.#turn % Math.max(1, urls.length)];
  }
}
