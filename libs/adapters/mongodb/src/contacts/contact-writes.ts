import type { Contact } from '@crier/contracts';
import { opaqueId, Unavailable } from '@crier/kernel';
import { MongoBulkWriteError, MongoServerError, type AnyBulkWriteOperation } from 'mongodb';
import { setTimeout as delay } from 'node:timers/promises';
import type { ContactCollection } from './contact-collection.ts';
import { contactOf, documentOf, type ContactDocument } from './contact-document.ts';
import { isSame, type Draft } from './drafts.ts';

const DUPLICATE_KEY = 11_000;
const MOST_ATTEMPTS = 60;
const LONGEST_WAIT_MS = 50;

/**
 * Waits a moment before the next attempt of several writers that meet at one contact; the first few follow at once.
 * @throws Unavailable after 60 attempts
 */
export const beforeAttempt = async (attempt: number): Promise<void> => {
  if (attempt >= MOST_ATTEMPTS) {
    throw new Unavailable('a contact is being changed too often', { attempts: attempt });
  }
  if (attempt > 1) await delay(Math.random() * Math.min(2 ** attempt, LONGEST_WAIT_MS));
};

/**
 * Changes one contact, deciding anew as often as somebody else was first. False where `find` finds nobody, where `change`
 * changes nothing, or where a key of the result belongs to somebody else.
 */
export const changeOne = async (
  contacts: ContactCollection,
  find: () => Promise<ContactDocument | null>,
  change: (contact: Contact) => Contact,
): Promise<boolean> => {
  for (let attempt = 0; ; attempt += 1) {
    await beforeAttempt(attempt);
    const before = await find();
    if (!before) return false;
    const after = documentOf(change(contactOf(before)), opaqueId());
    if (isSame(before, after)) return false;
    try {
      const { matchedCount } = await contacts.replaceOne(guard(before), after);
      if (matchedCount === 1) return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }
};

/** Writes drafts, each wholly or not at all. The ids of those that were not: somebody else was first, or has a key of theirs. */
export const writeDrafts = async (
  contacts: ContactCollection,
  drafts: readonly Draft[],
): Promise<ReadonlySet<string>> => {
  if (drafts.length === 0) return new Set();
  const replaced = drafts.filter(({ before }) => before !== undefined);
  const { refused, matched } = await written(contacts, drafts);
  const expected = replaced.filter(({ after }) => !refused.has(after._id));
  return matched === expected.length
    ? refused
    : new Set([...refused, ...(await overtaken(contacts, expected))]);
};

interface Written {
  readonly refused: ReadonlySet<string>;
  readonly matched: number;
}

const written = async (contacts: ContactCollection, drafts: readonly Draft[]): Promise<Written> => {
  try {
    const { matchedCount } = await contacts.bulkWrite(drafts.map(operationOf), { ordered: false });
    return { refused: new Set(), matched: matchedCount };
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error;
    const failures = [error.writeErrors].flat();
    const isOnlyDuplicates = failures.every(({ code }) => code === DUPLICATE_KEY);
    if (failures.length === 0 || !isOnlyDuplicates) throw error;
    const ids = failures.flatMap(({ index }) => drafts[index]?.after._id ?? []);
    return { refused: new Set(ids), matched: error.matchedCount };
  }
};

/** Of contacts that were to be replaced, those that somebody else has changed since they were read. */
const overtaken = async (
  contacts: ContactCollection,
  drafts: readonly Draft[],
): Promise<readonly string[]> => {
  const ids = drafts.map(({ after }) => after._id);
  const now = await contacts
    .find({ _id: { $in: ids } })
    .project<Pick<ContactDocument, '_id' | 'revision'>>({ revision: 1 })
    .toArray();
  const revisions = new Map(now.map(({ _id, revision }) => [_id, revision]));
  return drafts
    .filter(({ after }) => revisions.get(after._id) !== after.revision)
    .map(({ after }) => after._id);
};

const guard = ({ _id, revision }: ContactDocument) => ({ _id, revision });

const operationOf = ({ before, after }: Draft): AnyBulkWriteOperation<ContactDocument> =>
  before
    ? { replaceOne: { filter: guard(before), replacement: after } }
    : { insertOne: { document: after } };

const isDuplicate = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === DUPLICATE_KEY;
