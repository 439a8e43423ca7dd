import {
  getContainerRuntimeClient,
  GenericContainer,
  Wait,
  type StartedTestContainer,
} from 'testcontainers';
import { freePort } from './processes.ts';
import { ADDRESSES, type Server } from './servers.ts';

type Started = readonly [container: StartedTestContainer, address: string];

const starts: Readonly<Record<Server, () => Promise<Started>>> = {
  eventstoredb: async () => {
    const container = await new GenericContainer('eventstore/eventstore:24.10')
      .withEnvironment({
        EVENTSTORE_INSECURE: 'true',
        EVENTSTORE_MEM_DB: 'true',
        EVENTSTORE_RUN_PROJECTIONS: 'None',
      })
      .withExposedPorts(2113)
      .withWaitStrategy(Wait.forHttp('/health/live', 2113).forStatusCode(204))
      .start();
    return [container, `esdb://${container.getHost()}:${container.getMappedPort(2113)}?tls=false`];
  },
  kafka: async () => {
    // It has to know its own address before it starts.
    const port = await freePort();
    const container = await new GenericContainer('apache/kafka:4.1.0')
      .withEnvironment({
        KAFKA_NODE_ID: '1',
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_LISTENERS: `CONTROLLER://:29093,PLAINTEXT://:${port}`,
        KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://localhost:${port}`,
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
        KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
        KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:29093',
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
        KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
        KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '1000',
        KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      })
      .withExposedPorts({ container: port, host: port })
      .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
      .start();
    return [container, `localhost:${port}`];
  },
  mongodb: async () => {
    const container = await new GenericContainer('mongo:8.0')
      .withExposedPorts(27_017)
      .withWaitStrategy(Wait.forLogMessage(/Waiting for connections/))
      .start();
    return [
      container,
      `mongodb://${container.getHost()}:${container.getMappedPort(27_017)}/?directConnection=true`,
    ];
  },
};

declare global {
  var containers: StartedTestContainer[] | undefined;
}

const hasEngine = (): Promise<boolean> =>
  getContainerRuntimeClient().then(
    () => true,
    () => false,
  );

/** Starts a container for every server whose address nobody gave, where there is an engine. */
export default async (
  _global: unknown,
  { globals }: { readonly globals: { readonly servers?: readonly Server[] } },
): Promise<void> => {
  const wanted = (globals.servers ?? []).filter((server) => !process.env[ADDRESSES[server]]);
  if (wanted.length === 0 || !(await hasEngine())) return;
  globalThis.containers = [];
  for (const server of wanted) {
    const [container, address] = await starts[server]();
    globalThis.containers.push(container);
    process.env[ADDRESSES[server]] = address;
  }
};
