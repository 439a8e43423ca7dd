import type { ContactDirectory } from '@crier/audience';
import type { DatabaseSync } from 'node:sqlite';
import { unpackContact } from './contact-row.ts';
import { codedOf, setsOf, TAG, TUNNEL, VARIABLE } from './facets.ts';

export type Vocabulary = Awaited<ReturnType<ContactDirectory['vocabulary']>>;

const MOST_NAMES = 1_000;

/** Names in use. A name that only changed contacts have lost may stay until the index is folded. */
export const vocabularyOf = (db: DatabaseSync): Vocabulary => {
  const indexed = db.prepare('SELECT DISTINCT name FROM facet').all() as unknown as readonly {
    name: string;
  }[];
  const names = new Set(indexed.map(({ name }) => name));
  const stale = db
    .prepare('SELECT contact.id, doc FROM stale CROSS JOIN contact ON contact.id = stale.id')
    .iterate() as Iterable<unknown> as Iterable<{ id: string; doc: string }>;
  for (const { id, doc } of stale) {
    const contact = unpackContact(id, doc);
    for (const name of setsOf(contact)) names.add(name);
    for (const [name] of codedOf(contact)) names.add(name);
  }
  const sorted = [...names].toSorted();
  const beginning = (prefix: string): readonly string[] =>
    sorted
      .filter((name) => name.startsWith(prefix))
      .slice(0, MOST_NAMES)
      .map((name) => name.slice(prefix.length));
  return { tags: beginning(TAG), tunnels: beginning(TUNNEL), variables: beginning(VARIABLE) };
};
