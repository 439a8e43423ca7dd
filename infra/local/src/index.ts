import { resolve } from 'node:path';
import { LocalServer } from './local-server.ts';
import { recipes, type ServerName } from './servers.ts';
import type { Wire } from './wire-security.ts';

export { LocalServer } from './local-server.ts';
export type { ServerName } from './servers.ts';
export type { Wire } from './wire-security.ts';

export type LocalInfra = Readonly<Record<ServerName, LocalServer>>;

/**
 * The three servers with their data under `root`; `offset` moves all ports, for a second set beside the first; `wire` is secured
 * where it is given.
 */
export const localInfra = (root = './data/infra', offset = 0, wire?: Wire): LocalInfra => {
  const absolute = resolve(root);
  const servers = recipes(absolute, offset, wire).map(
    (recipe) => new LocalServer(absolute, recipe),
  );
  return Object.fromEntries(
    servers.map((server) => [server.name, server]),
  ) as unknown as LocalInfra;
};

export const allUp = async (infra: LocalInfra): Promise<void> => {
  await Promise.all(Object.values(infra).map((server) => server.up()));
};

export const allDown = async (infra: LocalInfra): Promise<void> => {
  await Promise.all(Object.values(infra).map((server) => server.down()));
};

/** Where the suites find the servers. */
export const testEnvironment = (infra: LocalInfra): Readonly<Record<string, string>> => ({
  CRIER_TEST_EVENTSTOREDB: infra.eventstoredb.address,
  CRIER_TEST_KAFKA: infra.kafka.address,
  CRIER_TEST_MONGODB: infra.mongodb.address,
});
