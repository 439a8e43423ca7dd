import { EventStoreDb } from '@crier/adapter-eventstoredb';
import { KafkaMessageBus, setUpTopics, type KafkaConnection } from '@crier/adapter-kafka';
import {
  MongoBotRegistry,
  MongoContactDirectory,
  MongoImportStore,
  MongoLeaseStore,
  MongoMediaStore,
  MongoSnapshotStore,
  openMongo,
  type MongoConnection,
} from '@crier/adapter-mongodb';
import { mediaUrl } from '@crier/audience';
import type { MediaReader } from '@crier/connector';
import { isTableTopic } from '@crier/contracts';
import type { EventStore, MessageBus } from '@crier/kernel';
import type { Check, Keys } from '@crier/platform';
import { readFileSync } from 'node:fs';
import type { ClusterEnvironment } from './environment.ts';
import { insist } from './insisting.ts';
import type { AppContext } from './run-app.ts';
import type { TopicPlan } from './topic-specs.ts';

/** What every app stands on. */
export interface Backbone {
  readonly store: EventStore;
  readonly bus: MessageBus;
  /** The database of what exists nowhere else. */
  readonly mongo: MongoConnection;
  readonly snapshots: MongoSnapshotStore;
  readonly leases: MongoLeaseStore;
  readonly checks: Readonly<Record<string, Check>>;
}

const certificates = (path: string | undefined) =>
  path === undefined ? undefined : readFileSync(path, 'utf8');

/** How the environment says that Kafka is reached. */
export const kafkaConnectionOf = (env: ClusterEnvironment, app: string): KafkaConnection => {
  const ca = certificates(env.CRIER_KAFKA_CA);
  const { CRIER_KAFKA_SASL: mechanism } = env;
  const { CRIER_KAFKA_USER: username = '', CRIER_KAFKA_PASSWORD: password = '' } = env;
  return {
    brokers: env.CRIER_KAFKA.split(','),
    clientId: `crier-${app}`,
    ...(env.CRIER_KAFKA_TLS ? { ssl: ca === undefined ? true : { ca } } : {}),
    ...(mechanism === undefined ? {} : { sasl: { mechanism, username, password } }),
  };
};

const openBus = (env: ClusterEnvironment, { app, log }: AppContext): Promise<KafkaMessageBus> =>
  KafkaMessageBus.open({
    ...kafkaConnectionOf(env, app),
    tables: isTableTopic,
    sessionTimeoutMs: env.CRIER_KAFKA_SESSION_MS,
    log,
  });

/** Makes the topics that are missing, before anybody uses them. @throws TopicMismatch */
export const prepareTopics = async (
  env: ClusterEnvironment,
  context: AppContext,
  topics: readonly TopicPlan[],
): Promise<void> => {
  const replicationFactor = env.CRIER_KAFKA_REPLICATION;
  const specs = topics.map((topic) => ({ ...topic, replicationFactor }));
  const connection = { ...kafkaConnectionOf(env, context.app), log: context.log };
  await insist('Kafka', () => setUpTopics(connection, specs), context);
};

/** A database beside the one of the truth: what can be made again lies in `<name>_views`. */
export const openDatabase = (
  env: ClusterEnvironment,
  context: AppContext,
  kind: 'truth' | 'views',
): Promise<MongoConnection> => {
  const ca = certificates(env.CRIER_MONGODB_CA);
  const name = env.CRIER_MONGODB_DATABASE;
  return insist(
    'MongoDB',
    async () => {
      const mongo = await openMongo({
        url: env.CRIER_MONGODB,
        database: kind === 'truth' ? name : `${name}_views`,
        log: context.log,
        appName: `crier-${context.app}`,
        ...(ca === undefined ? {} : { tls: { ca: [ca] } }),
      });
      context.stops.push(() => mongo.close());
      return mongo;
    },
    context,
  );
};

/** Opens the event store, the bus and the database; waits for them. Closed when the app stops. */
export const openBackbone = async (
  env: ClusterEnvironment,
  context: AppContext,
): Promise<Backbone> => {
  const { log, stops, tracing } = context;
  const store = new EventStoreDb({ connectionString: env.CRIER_EVENTSTOREDB, log });
  stops.push(() => store.close());
  await insist('the event store', () => store.head(), context);
  const mongo = await openDatabase(env, context, 'truth');
  const bus = await insist('Kafka', () => openBus(env, context), context);
  stops.push(() => bus.close());
  const checks = {
    'event store': async () => {
      await store.head();
      return undefined;
    },
    mongodb: async () => {
      await mongo.db().command({ ping: 1 });
      return undefined;
    },
  };
  return {
    store: tracing.store(store),
    bus: tracing.bus(bus),
    mongo,
    snapshots: new MongoSnapshotStore(mongo.db()),
    leases: new MongoLeaseStore(mongo.db()),
    checks,
  };
};

export interface AudienceStores {
  readonly bots: MongoBotRegistry;
  readonly directory: MongoContactDirectory;
  readonly files: MongoMediaStore;
  readonly imports: MongoImportStore;
  readonly media: MediaReader;
}

/** The people, the bots and their files. */
export const openAudience = (
  { mongo }: Backbone,
  { clock }: AppContext,
  { keys, publicUrl }: { readonly keys: Keys; readonly publicUrl: string },
): AudienceStores => {
  const bots = new MongoBotRegistry({ mongo, key: keys.credentials });
  const files = new MongoMediaStore({ mongo, clock });
  const directory = new MongoContactDirectory({
    mongo,
    clock,
    channelOf: (botId) => bots.channelOf(botId),
  });
  const media: MediaReader = {
    find: (id) => files.find(id),
    open: (id) => files.open(id),
    urlOf: (id, name) => mediaUrl(publicUrl, id, name),
  };
  return { bots, directory, files, imports: new MongoImportStore({ mongo }), media };
};
