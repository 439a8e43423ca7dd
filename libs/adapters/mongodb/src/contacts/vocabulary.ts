import type { ContactDirectory } from '@crier/audience';
import type { ContactCollection } from './contact-collection.ts';

export type Vocabulary = Awaited<ReturnType<ContactDirectory['vocabulary']>>;

const MOST_NAMES = 1_000;

/** The names in use, each kind read from its own index. */
export const vocabularyOf = async (contacts: ContactCollection): Promise<Vocabulary> => {
  const [tags, tunnels, variables] = await Promise.all([
    contacts.distinct('tags'),
    contacts.distinct('tunnels'),
    contacts.distinct('variables.name'),
  ]);
  return { tags: first(tags), tunnels: first(tunnels), variables: first(variables) };
};

const first = (names: readonly unknown[]): readonly string[] =>
  names
    .filter((name) => typeof name === 'string')
    .toSorted()
    .slice(0, MOST_NAMES);
