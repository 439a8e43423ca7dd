import { AppError, Unavailable, type Fields, type Log } from '@crier/kernel';
import { MongoClient, type Db, type MongoClientOptions, type WriteConcernSettings } from 'mongodb';
import { isOutOfReach } from './out-of-reach.ts';

export interface MongoOptions {
  /** `mongodb://` or `mongodb+srv://`; may hold credentials, so it is never logged. */
  readonly url: string;
  readonly database: string;
  /** Certificates where the server wants more than the system trusts; TLS itself is switched on by the URL. */
  readonly tls?: Pick<MongoClientOptions, 'ca' | 'cert' | 'key' | 'passphrase'>;
  readonly log: Log;
  /** Names this process in the server's own log. */
  readonly appName?: string;
}

export interface MongoConnection {
  db(): Db;
  /** Ends every operation under way and all later ones as Unavailable. */
  close(): Promise<void>;
}

/** What exists nowhere else (contacts, bots, media): on the disks of most members before it is answered, so that no failover takes it back. */
export const TRUTH: WriteConcernSettings = { w: 'majority', journal: true };

/** What can be made again from events: the primary's word is enough, a failover may take it back together with its position. */
export const REBUILDABLE: WriteConcernSettings = { w: 1 };

/** The address of the server cannot be read. Says no more, because the address may hold a password. */
export class MongoAddressInvalid extends AppError {
  readonly code = 'MONGO_ADDRESS_INVALID';
  readonly verdict = 'park';
}

const SELECTION_MS = 3_000;
const CONNECT_MS = 3_000;
// The longest single answer (a page, a batch of writes) takes a second or two; a dead peer shall not hold a caller longer.
const SOCKET_MS = 10_000;
const QUEUE_MS = 10_000;
const MOST_CONNECTIONS = 20;

/** Connects and makes sure that the server answers. @throws Unavailable, MongoAddressInvalid */
export const openMongo = async (options: MongoOptions): Promise<MongoConnection> => {
  const client = clientOf(options);
  noteReach(client, options.log);
  await reachably(async () => {
    try {
      await client.connect();
    } catch (error) {
      await client.close();
      throw error;
    }
  });
  return {
    db: () => client.db(options.database),
    close: () => client.close(),
  };
};

/** Runs `work`; what tells that the server cannot be reached now becomes Unavailable, everything else stays what it is. */
export const reachably = async <Value>(work: () => Promise<Value>): Promise<Value> => {
  try {
    return await work();
  } catch (error) {
    throw translated(error);
  }
};

/** The error as callers shall see it: {@link reachably} for what is thrown elsewhere, as in streams and loops over cursors. */
export const translated = (error: unknown): unknown =>
  isOutOfReach(error) ? new Unavailable('MongoDB cannot be reached', {}, error) : error;

const clientOf = ({ url, tls, appName }: MongoOptions): MongoClient => {
  try {
    return new MongoClient(url, {
      ...tls,
      ...(appName === undefined ? {} : { appName }),
      serverSelectionTimeoutMS: SELECTION_MS,
      connectTimeoutMS: CONNECT_MS,
      socketTimeoutMS: SOCKET_MS,
      waitQueueTimeoutMS: QUEUE_MS,
      maxPoolSize: MOST_CONNECTIONS,
      retryReads: true,
      retryWrites: true,
      // A field that is `undefined` is one that is absent, as everywhere else.
      ignoreUndefined: true,
    });
  } catch {
    throw new MongoAddressInvalid('the address of MongoDB cannot be read');
  }
};

const noteReach = (client: MongoClient, log: Log): void => {
  client.on('serverDescriptionChanged', ({ address, previousDescription, newDescription }) => {
    const [before, after] = [previousDescription.type, newDescription.type];
    const fields: Fields = { server: address, role: after };
    if (before === after) return;
    if (after === 'Unknown') log.warn('mongodb member out of reach', fields);
    else if (before === 'Unknown') log.info('mongodb member reached', fields);
  });
};
