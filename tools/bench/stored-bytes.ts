import { BSON, MongoClient, type Collection } from 'mongodb';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Cluster } from '../cluster/cluster.ts';

const BLOCK = 512;
const PAGE = 1_000;

/** What the three stores hold at a moment, in bytes. */
export interface StoredBytes {
  /** Allocated blocks of the data files: sparse parts of preallocated files do not count. */
  readonly files: Readonly<Record<'eventstoredb' | 'kafka' | 'mongodb', number>>;
  /** Documents of the people themselves, who do not change in a broadcast. */
  readonly contacts: number;
  /** Events with their metadata, and documents: without indexes, and without what a server keeps of former versions. */
  readonly content: Readonly<Record<'eventstoredb' | 'mongodb', number>>;
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const allocated = (files: readonly string[]): number =>
  files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.blocks ?? 0), 0) *
  BLOCK;

const eventBytes = (file: string): number => {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const row = db
      .prepare('SELECT sum(length(data) + length(metadata)) AS bytes FROM events')
      .get();
    return Number(row?.['bytes'] ?? 0);
  } finally {
    db.close();
  }
};

const bytesIn = async (collection: Collection): Promise<number> => {
  let bytes = 0;
  for await (const document of collection.find().batchSize(PAGE))
    bytes += BSON.calculateObjectSize(document);
  return bytes;
};

/** Bytes of all documents: those of the people, and all others. */
const documentBytes = async (
  url: string,
): Promise<{ readonly contacts: number; readonly others: number }> => {
  const client = new MongoClient(url);
  const bytes = { contacts: 0, others: 0 };
  try {
    for (const db of [client.db('crier'), client.db('crier_views')])
      for (const { name } of await db.listCollections().toArray())
        bytes[name === 'contacts' ? 'contacts' : 'others'] += await bytesIn(db.collection(name));
  } finally {
    await client.close();
  }
  return bytes;
};

/** Looks at the stores of a cluster whose data lies under `root`. */
export const storedBytes = async (cluster: Cluster, root: string): Promise<StoredBytes> => {
  const events = join(root, 'eventstoredb');
  const { contacts, others } = await documentBytes(cluster.infra.mongodb.address);
  return {
    contacts,
    files: {
      eventstoredb: allocated(filesIn(events).filter((file) => file.includes('events.db'))),
      kafka: allocated(filesIn(join(root, 'kafka/data'))),
      mongodb: allocated([join(root, 'mongodb/data.mv')]),
    },
    content: {
      eventstoredb: eventBytes(join(events, 'events.db')),
      mongodb: others,
    },
  };
};
