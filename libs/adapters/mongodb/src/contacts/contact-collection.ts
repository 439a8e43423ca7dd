import type { Collection, Db, IndexDescription } from 'mongodb';
import { TRUTH } from '../connection.ts';
import type { ContactDocument } from './contact-document.ts';

export type ContactCollection = Collection<ContactDocument>;

/** The contacts of a database: what is written there is kept. */
export const contactsOf = (db: Db): ContactCollection =>
  db.collection<ContactDocument>('contacts', { writeConcern: TRUTH });

/** Pages go in order of id, so what finds them ends in it. */
const INDEXES: readonly IndexDescription[] = [
  // { keys: … }, { keys: { $in: … } }: whom an external id or an address means; and that it means nobody else.
  // Sparse, because somebody without either has no keys.
  { key: { keys: 1 }, unique: true, sparse: true },
  // { _id, revision }: every change. The id alone would find the contact, but not on servers that take an index only where
  // the question names exactly its fields; there each change would read the whole collection.
  { key: { _id: 1, revision: 1 }, unique: true },
  // { tags: 'vip', _id: { $gt } } and the names of all tags.
  { key: { tags: 1, _id: 1 } },
  // The same of tunnels.
  { key: { tunnels: 1, _id: 1 } },
  // { connections: { $elemMatch: { botId, … } } }: people of a bot; status and main as a route asks.
  { key: { 'connections.botId': 1, 'connections.status': 1, _id: 1 } },
  // { variables: { $elemMatch: { name, value } } }, all below or above a number, who has one at all, and the names in use.
  { key: { 'variables.name': 1, 'variables.value': 1, _id: 1 } },
  // { lastActiveAt: { $gte, $lt } }: who was active, or has not been for long.
  { key: { lastActiveAt: 1, _id: 1 } },
  // The same of the first contact.
  { key: { firstContactAt: 1, _id: 1 } },
];

/** Makes the indexes that are missing. */
export const ensureContactIndexes = async (contacts: ContactCollection): Promise<void> => {
  await contacts.createIndexes([...INDEXES]);
};
