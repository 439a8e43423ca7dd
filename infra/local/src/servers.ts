import { Unavailable } from '@crier/kernel';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kafkaProperties, scramUsers } from './kafka-properties.ts';
import type { Wire } from './wire-security.ts';

export type ServerName = 'eventstoredb' | 'kafka' | 'mongodb';

/** How one server is prepared and started. */
export interface ServerRecipe {
  readonly name: ServerName;
  readonly port: number;
  /** What a client is given; who it is and whom it trusts it must know itself. */
  readonly address: string;
  /** Fetches programs and writes files, as far as they are missing. */
  readonly prepare: () => void;
  readonly command: readonly [file: string, ...args: string[]];
}

const HOST = '127.0.0.1';
const CLUSTER_ID = '4L6g3nShT-eMCtK--X86sw';
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Where programs are kept, for all data directories of this checkout. */
const programs = here('../../../node_modules/.cache/crier-servers');

/** The jars that a pom names, fetched once; pinned there. */
const fetchJars = (name: ServerName): void => {
  const lib = join(programs, name);
  if (existsSync(lib)) return;
  const fetching = `${lib}.${process.pid}`;
  const pom = here(`../pom/${name}/pom.xml`);
  const words = ['-q', '-B', '-Dstyle.color=never', '-f', pom, 'dependency:copy-dependencies'];
  try {
    execFileSync('mvn', [...words, `-DoutputDirectory=${fetching}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } catch (error) {
    throw new Unavailable(
      'Java 17 and Maven are needed (Debian: apt-get install default-jre-headless maven)',
      {},
      error,
    );
  }
  // Whoever is first wins: both have fetched the same.
  if (existsSync(lib)) rmSync(fetching, { recursive: true });
  else renameSync(fetching, lib);
};

const kafka = (root: string, port: number, wire?: Wire): ServerRecipe => {
  const lib = join(programs, 'kafka');
  const properties = join(root, 'kafka/server.properties');
  const data = join(root, 'kafka/data');
  const keyStore = join(root, 'kafka/key-store.pem');
  const quiet = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';
  const java = [quiet, '-Xms256m', '-Xmx512m', '-cp', `${lib}/*`];
  const format = ['format', '-t', CLUSTER_ID, '-c', properties, ...scramUsers(wire)];
  return {
    name: 'kafka',
    port,
    address: `${HOST}:${port}`,
    prepare: () => {
      fetchJars('kafka');
      if (wire) writeKeyStore(keyStore, wire);
      writeFileSync(properties, kafkaProperties({ host: HOST, port, data, keyStore }, wire));
      if (existsSync(join(data, 'meta.properties'))) return;
      execFileSync('java', [...java, 'kafka.tools.StorageTool', ...format], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    },
    command: ['java', ...java, 'kafka.Kafka', properties],
  };
};

/** Kafka wants both in one file. */
const writeKeyStore = (file: string, { key, certificate }: Wire): void => {
  writeFileSync(file, readFileSync(key, 'utf8') + readFileSync(certificate, 'utf8'), {
    mode: 0o600,
  });
};

const mongodb = (root: string, port: number, wire?: Wire): ServerRecipe => {
  const lib = join(programs, 'mongodb');
  return {
    name: 'mongodb',
    port,
    address: `mongodb://${HOST}:${port}/?directConnection=true${wire ? '&tls=true' : ''}`,
    prepare: () => {
      fetchJars('mongodb');
    },
    command: [
      'java',
      '-Xmx768m',
      '-cp',
      `${lib}/*`,
      here('../pom/mongodb/Server.java'),
      join(root, 'mongodb/data.mv'),
      String(port),
      ...(wire ? [wire.key, wire.certificate] : []),
    ],
  };
};

const eventstoredb = (root: string, port: number, wire?: Wire): ServerRecipe => ({
  name: 'eventstoredb',
  port,
  address: `esdb://${HOST}:${port}?tls=${wire !== undefined}`,
  prepare: () => undefined,
  command: [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    here('./eventstoredb/main.ts'),
    '--port',
    String(port),
    '--path',
    join(root, 'eventstoredb/events.db'),
    ...(wire ? ['--key', wire.key, '--cert', wire.certificate, '--user', userOf(wire)] : []),
  ],
});

const userOf = ({ user: { username, password } }: Wire): string => `${username}:${password}`;

/** The servers, keeping everything under `root`. `offset` moves all ports. */
export const recipes = (root: string, offset: number, wire?: Wire): readonly ServerRecipe[] => {
  const all = [
    eventstoredb(root, 2113 + offset, wire),
    kafka(root, 9092 + offset, wire),
    mongodb(root, 27_017 + offset, wire),
  ];
  for (const { name } of all) mkdirSync(join(root, name), { recursive: true });
  return all;
};
