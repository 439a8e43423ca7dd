import { Unavailable } from '@crier/kernel';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

const SQLITE_BUSY = 5;
const PATIENCE_MS = 15_000;

/** A foreign error's field; `instanceof` would miss errors of another realm. */
const fieldOf = (error: unknown, name: 'code' | 'errcode'): unknown =>
  typeof error === 'object' && error !== null && name in error
    ? (error as Readonly<Record<string, unknown>>)[name]
    : undefined;

const isBusy = (error: unknown): boolean => {
  const result = fieldOf(error, 'errcode');
  return typeof result === 'number' && (result & 0xff) === SQLITE_BUSY;
};

const rollBack = (db: DatabaseSync): void => {
  if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
};

/** All of `work` in one commit. @throws Unavailable when the file cannot be written */
export const inOneCommit = async <Value>(db: DatabaseSync, work: () => Value): Promise<Value> => {
  const deadline = performance.now() + PATIENCE_MS;
  for (let waitMs = 1; ; waitMs = Math.min(waitMs * 2, 20)) {
    try {
      db.exec('BEGIN IMMEDIATE');
      const value = work();
      db.exec('COMMIT');
      return value;
    } catch (error) {
      rollBack(db);
      if (!isBusy(error) || performance.now() > deadline) throw unavailable(error);
    }
    await delay(waitMs);
  }
};

/** All of `work` on one state of the file. @throws Unavailable when it cannot be read */
export const onOneState = <Value>(db: DatabaseSync, work: () => Value): Value => {
  try {
    db.exec('BEGIN');
    return work();
  } catch (error) {
    throw unavailable(error);
  } finally {
    rollBack(db);
  }
};

/** The same as a promise: what `work` throws rejects it. */
export const answered = <Value>(work: () => Value): Promise<Value> =>
  new Promise((resolve) => {
    resolve(work());
  });

const FOREIGN: readonly unknown[] = ['ERR_SQLITE_ERROR', 'ERR_INVALID_STATE'];

/** SQLite's errors become Unavailable; everything else stays what it is. */
export const unavailable = (error: unknown): unknown =>
  FOREIGN.includes(fieldOf(error, 'code'))
    ? new Unavailable('the contacts cannot be reached', {}, error)
    : error;
