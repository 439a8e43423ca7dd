import type { DatabaseSync } from 'node:sqlite';
import type { MessageRequest } from './message-request.ts';

type Tidy = Extract<MessageRequest, { kind: 'tidy' }>;

interface ReadUpTo {
  readonly topic: number;
  readonly partition: number;
  /** What the slowest group of the partition takes next. */
  readonly next: number;
}

/** Deletes what nobody needs any more. */
export const tidy = (db: DatabaseSync, { readBeforeMs, unreadBeforeMs }: Tidy): void => {
  const partitions = db
    .prepare('SELECT topic, partition, min(next) AS next FROM commits GROUP BY topic, partition')
    .all() as unknown as readonly ReadUpTo[];
  const read = db.prepare(
    `DELETE FROM messages
     WHERE topic = ? AND partition = ? AND position < ? AND tabled = 0 AND published_at < ?`,
  );
  for (const { topic, partition, next } of partitions)
    read.run(topic, partition, next, readBeforeMs);

  db.prepare("DELETE FROM messages WHERE tabled = 1 AND value = 'null' AND published_at < ?").run(
    readBeforeMs,
  );
  db.prepare(
    `DELETE FROM messages WHERE tabled = 0 AND published_at < ? AND NOT EXISTS
     (SELECT 1 FROM commits c WHERE c.topic = messages.topic AND c.partition = messages.partition)`,
  ).run(unreadBeforeMs);
};
