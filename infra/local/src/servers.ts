import { Unavailable } from '@crier/kernel';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type ServerName = 'eventstoredb' | 'kafka' | 'mongodb';

/** How one server is prepared and started. */
export interface ServerRecipe {
  readonly name: ServerName;
  readonly port: number;
  /** What a client is given. */
  readonly address: string;
  /** Fetches programs and writes files, as far as they are missing. */
  readonly prepare: () => void;
  readonly command: readonly [file: string, ...args: string[]];
}

const HOST = '127.0.0.1';
const CLUSTER_ID = '4L6g3nShT-eMCtK--X86sw';
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Fetches the jars that a pom names. Pinned there; Maven keeps them for the next time. */
const fetchJars = (pom: string, lib: string): void => {
  if (existsSync(join(lib, '.complete'))) return;
  mkdirSync(lib, { recursive: true });
  try {
    execFileSync(
      'mvn',
      [
        '-q',
        '-B',
        '-Dstyle.color=never',
        '-f',
        pom,
        'dependency:copy-dependencies',
        `-DoutputDirectory=${lib}`,
      ],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
  } catch (error) {
    throw new Unavailable(
      'Java 17 and Maven are needed (Debian: apt-get install default-jre-headless maven)',
      {},
      error,
    );
  }
  writeFileSync(join(lib, '.complete'), '');
};

const kafkaProperties = (port: number, data: string): string =>
  `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@${HOST}:${port + 1}
listeners=PLAINTEXT://${HOST}:${port},CONTROLLER://${HOST}:${port + 1}
advertised.listeners=PLAINTEXT://${HOST}:${port}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=${data}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
`;

const kafka = (root: string, port: number): ServerRecipe => {
  const lib = join(root, 'kafka/lib');
  const properties = join(root, 'kafka/server.properties');
  const data = join(root, 'kafka/data');
  const quiet = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';
  const java = [quiet, '-Xms256m', '-Xmx512m', '-cp', `${lib}/*`];
  return {
    name: 'kafka',
    port,
    address: `${HOST}:${port}`,
    prepare: () => {
      fetchJars(here('../pom/kafka/pom.xml'), lib);
      writeFileSync(properties, kafkaProperties(port, data));
      if (existsSync(join(data, 'meta.properties'))) return;
      execFileSync(
        'java',
        [...java, 'kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', properties],
        { stdio: ['ignore', 'ignore', 'inherit'] },
      );
    },
    command: ['java', ...java, 'kafka.Kafka', properties],
  };
};

const mongodb = (root: string, port: number): ServerRecipe => {
  const lib = join(root, 'mongodb/lib');
  return {
    name: 'mongodb',
    port,
    address: `mongodb://${HOST}:${port}/?directConnection=true`,
    prepare: () => {
      fetchJars(here('../pom/mongodb/pom.xml'), lib);
    },
    command: [
      'java',
      '-Xmx768m',
      '-cp',
      `${lib}/*`,
      here('../pom/mongodb/Server.java'),
      join(root, 'mongodb/data.mv'),
      String(port),
    ],
  };
};

const eventstoredb = (root: string, port: number): ServerRecipe => ({
  name: 'eventstoredb',
  port,
  address: `esdb://${HOST}:${port}?tls=false`,
  prepare: () => undefined,
  command: [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    here('./eventstoredb/main.ts'),
    '--port',
    String(port),
    '--path',
    join(root, 'eventstoredb/events.db'),
  ],
});

/** The servers, keeping everything under `root`. `offset` moves all ports. */
export const recipes = (root: string, offset: number): readonly ServerRecipe[] => {
  const all = [
    eventstoredb(root, 2113 + offset),
    kafka(root, 9092 + offset),
    mongodb(root, 27_017 + offset),
  ];
  for (const { name } of all) mkdirSync(join(root, name), { recursive: true });
  return all;
};
