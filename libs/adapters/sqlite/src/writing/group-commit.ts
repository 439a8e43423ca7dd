import type { DatabaseSync } from 'node:sqlite';
import type { Answer } from './writer.ts';

/**
 * One transaction and one fsync for all requests. `apply` refuses by its value. Should it throw, every request is
 * tried again in a transaction of its own, so that one that cannot be stored spoils no other.
 */
export const groupCommit = <Request, Value>(
  db: DatabaseSync,
  requests: readonly Request[],
  apply: (request: Request) => Value,
): readonly Answer<Value>[] => {
  try {
    db.exec('BEGIN IMMEDIATE');
  } catch (error) {
    return requests.map(() => failed(true, error));
  }
  let values: readonly Value[];
  try {
    values = requests.map(apply);
  } catch (error) {
    rollBack(db);
    if (requests.length === 1) return [failed(true, error)];
    return requests.flatMap((request) => groupCommit(db, [request], apply));
  }
  try {
    db.exec('COMMIT');
  } catch (error) {
    rollBack(db);
    return requests.map(() => failed(false, error));
  }
  return values.map((value) => ({ done: true, value }));
};

const failed = (surelyNot: boolean, error: unknown) =>
  ({ done: false, surelyNot, reason: String(error) }) as const;

const rollBack = (db: DatabaseSync): void => {
  if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
};
