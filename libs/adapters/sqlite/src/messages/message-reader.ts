import type { IncomingMessage, Json } from '@crier/kernel';
import type { DatabaseSync, StatementSync } from 'node:sqlite';

const MAX_BATCH = 500;
const MAX_BATCH_BYTES = 4_000_000;

interface MessageRow {
  readonly partition: number;
  readonly position: number;
  readonly key: string;
  readonly value: string;
}

const OF_TOPIC = 'topic = (SELECT id FROM topics WHERE name = ?)';
const SELECT = `SELECT partition, position, key, value FROM messages WHERE ${OF_TOPIC}`;
const PRESENT = "tabled = 1 AND value <> 'null'";

/** All reading of the messages, over one connection. Throws what SQLite throws. */
export class MessageReader {
  readonly #batch: StatementSync;
  readonly #table: StatementSync;
  readonly #snapshot: StatementSync;
  readonly #next: StatementSync;
  readonly #committed: StatementSync;
  readonly #partitions: StatementSync;

  constructor(db: DatabaseSync) {
    const ofPartition = `${SELECT} AND partition = ?`;
    this.#batch = db.prepare(`${ofPartition} AND position >= ? ORDER BY position LIMIT ?`);
    this.#table = db.prepare(`${ofPartition} AND ${PRESENT} ORDER BY position`);
    this.#snapshot = db.prepare(`${SELECT} AND ${PRESENT} ORDER BY partition, position`);
    this.#next = db.prepare(`SELECT next FROM heads WHERE ${OF_TOPIC} AND partition = ?`);
    this.#committed = db.prepare(
      `SELECT next FROM commits WHERE ${OF_TOPIC} AND partition = ? AND consumer = ?`,
    );
    this.#partitions = db.prepare("SELECT value FROM settings WHERE name = 'partitions'");
  }

  /** How many partitions every topic of this file has. */
  partitions(): number {
    return (this.#partitions.get() as unknown as { readonly value: number }).value;
  }

  /** The next messages of a partition, bounded in number and size. */
  batch(topic: string, partition: number, from: number): readonly IncomingMessage[] {
    const messages: IncomingMessage[] = [];
    let bytes = 0;
    for (const row of rowsOf(this.#batch.iterate(topic, partition, from, MAX_BATCH))) {
      messages.push(messageOf(topic, row));
      bytes += row.value.length;
      if (bytes >= MAX_BATCH_BYTES) break;
    }
    return messages;
  }

  /** The newest values of one partition of a table, and the offset after them. */
  table(topic: string, partition: number) {
    const next = this.next(topic, partition); // first: what comes in between is given twice, never lost
    const entries = [...rowsOf(this.#table.iterate(topic, partition))].map((row) =>
      messageOf(topic, row),
    );
    return { entries, next };
  }

  /** The newest values of a whole table. */
  snapshot(topic: string): readonly IncomingMessage[] {
    return [...rowsOf(this.#snapshot.iterate(topic))].map((row) => messageOf(topic, row));
  }

  /** The offset that the next message of a partition gets. */
  next(topic: string, partition: number): number {
    return nextOf(this.#next.get(topic, partition));
  }

  /** Where a group goes on in a partition. */
  committed(topic: string, partition: number, group: string): number {
    return nextOf(this.#committed.get(topic, partition, group));
  }
}

const rowsOf = (rows: unknown): Iterable<MessageRow> => rows as Iterable<MessageRow>;

const nextOf = (row: unknown): number => (row as { readonly next: number } | undefined)?.next ?? 0;

const messageOf = (topic: string, row: MessageRow): IncomingMessage => ({
  topic,
  key: row.key,
  value: JSON.parse(row.value) as Json,
  partition: row.partition,
  offset: String(row.position),
});
