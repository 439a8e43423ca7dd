import { unreachable } from '@crier/kernel';
import type { DatabaseSync } from 'node:sqlite';
import { openForWriting } from '../database.ts';
import { groupCommit } from '../writing/group-commit.ts';
import type { Answer, Ledger } from '../writing/writer.ts';
import type { MessageRequest, WrittenMessage } from './message-request.ts';
import { MESSAGE_SCHEMA } from './message-schema.ts';
import { tidy } from './tidy.ts';

type Publish = Extract<MessageRequest, { kind: 'publish' }>;
type Join = Extract<MessageRequest, { kind: 'join' }>;
type Acknowledge = Extract<MessageRequest, { kind: 'acknowledge' }>;

const prepare = (db: DatabaseSync) => ({
  found: db.prepare("INSERT OR IGNORE INTO settings (name, value) VALUES ('partitions', ?)"),
  partitions: db.prepare("SELECT value FROM settings WHERE name = 'partitions'"),
  topic: db.prepare('SELECT id FROM topics WHERE name = ?'),
  newTopic: db.prepare('INSERT INTO topics (name) VALUES (?) RETURNING id'),
  take: db.prepare(
    `INSERT INTO heads (topic, partition, next) VALUES (?, ?, 1)
     ON CONFLICT DO UPDATE SET next = next + 1 RETURNING next - 1 AS position`,
  ),
  forget: db.prepare('DELETE FROM messages WHERE tabled = 1 AND topic = ? AND key = ?'),
  insert: db.prepare(
    `INSERT INTO messages (topic, partition, position, published_at, tabled, key, value)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
  acknowledge: db.prepare(
    `INSERT INTO commits (consumer, topic, partition, next) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET next = max(next, excluded.next)`,
  ),
});

/** The only writer of the messages: many requests a commit. */
export class MessageLedger implements Ledger<MessageRequest, null> {
  readonly db: DatabaseSync;
  readonly #sql: ReturnType<typeof prepare>;

  private constructor(db: DatabaseSync) {
    this.db = db;
    this.#sql = prepare(db);
  }

  static open(path: string): MessageLedger {
    return new MessageLedger(openForWriting(path, MESSAGE_SCHEMA));
  }

  commit(requests: readonly MessageRequest[]): readonly Answer<null>[] {
    return groupCommit(this.db, requests, (request) => {
      this.#apply(request);
      return null;
    });
  }

  close(): void {
    this.db.close();
  }

  #apply(request: MessageRequest): void {
    switch (request.kind) {
      case 'publish':
        this.#publish(request);
        return;
      case 'found':
        this.#sql.found.run(request.partitions);
        return;
      case 'join':
        this.#join(request);
        return;
      case 'acknowledge':
        this.#acknowledge(request);
        return;
      case 'tidy':
        tidy(this.db, request);
        return;
      default:
        unreachable(request);
    }
  }

  #publish({ messages, atMs }: Publish): void {
    for (const message of messages) this.#store(message, atMs);
  }

  #store({ topic, partition, key, value, tabled }: WrittenMessage, atMs: number): void {
    const id = this.#idOf(topic);
    if (tabled) this.#sql.forget.run(id, key);
    const { position } = this.#sql.take.get(id, partition) as { readonly position: number };
    this.#sql.insert.run(id, partition, position, atMs, tabled ? 1 : 0, key, value);
  }

  #join({ group, topic }: Join): void {
    const { value } = this.#sql.partitions.get() as { readonly value: number };
    for (let partition = 0; partition < value; partition += 1)
      this.#sql.acknowledge.run(group, this.#idOf(topic), partition, 0);
  }

  #acknowledge({ group, topic, partition, next }: Acknowledge): void {
    this.#sql.acknowledge.run(group, this.#idOf(topic), partition, next);
  }

  #idOf(topic: string): number {
    const row = this.#sql.topic.get(topic) ?? this.#sql.newTopic.get(topic);
    return (row as unknown as { readonly id: number }).id;
  }
}
