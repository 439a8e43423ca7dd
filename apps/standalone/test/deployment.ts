import { Cluster, type Copies } from '../../../tools/cluster/cluster.ts';
import { startStandalone } from '../../../tools/processes.ts';

/** The product as it runs somewhere: in one process, or in many. */
export interface Deployment {
  readonly url: string;
  /** Where it runs as many processes. */
  readonly cluster?: Cluster;
  /** All processes die at this very moment; new ones go on. */
  crash(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface DeploymentOptions {
  readonly data: string;
  readonly token: string;
  readonly env: Readonly<Record<string, string>>;
  readonly sandboxUrl: string;
  /** Where it runs as many processes: more of some. */
  readonly copies?: Copies;
}

const inOneProcess = async ({ data, token, env }: DeploymentOptions): Promise<Deployment> => {
  // Beside the data: it is the product's alone, and logs that are asked for are read by the test.
  const log = env['CRIER_LOG_LEVEL'] === undefined ? {} : { log: `${data}.log` };
  let app = await startStandalone(data, token, { env, ...log });
  const { url } = app;
  const again = async (): Promise<void> => {
    app = await startStandalone(data, token, { env, ...log, port: Number(new URL(url).port) });
  };
  return {
    url,
    crash: async () => {
      await app.kill();
      await again();
    },
    restart: async () => {
      await app.stop();
      await again();
    },
    stop: () => app.stop(),
  };
};

/** Ports that neither the usual servers nor the suites' own use. */
const PORT_OFFSET = 400;

/** Every app as processes of its own on Kafka, MongoDB's and EventStoreDB's protocols. */
const inManyProcesses = async ({
  data,
  token,
  env,
  sandboxUrl,
  copies,
}: DeploymentOptions): Promise<Deployment> => {
  const cluster = await Cluster.start({
    root: data,
    offset: PORT_OFFSET,
    port: 0,
    sandboxUrl,
    demo: false,
    adminToken: token,
    logLevel: 'warn',
    env,
    ...(copies === undefined ? {} : { copies }),
  });
  return {
    url: cluster.url,
    cluster,
    crash: () => cluster.crash(),
    restart: () => cluster.restart(),
    stop: () => cluster.stop(),
  };
};

export const deploy: (options: DeploymentOptions) => Promise<Deployment> =
  process.env['TEST_KIND'] === 'cluster' ? inManyProcesses : inOneProcess;
