import { useMemo } from 'react';
import { api } from '../api/client.ts';
import type { Contact } from '../api/types.ts';

const SAMPLE = 200;
/** What every contact has without being told. */
const BUILT_IN = ['first_name', 'last_name', 'name', 'language'];

export interface Vocabulary {
  readonly tags: readonly string[];
  readonly tunnels: readonly string[];
  readonly languages: readonly string[];
  /** Names of what contacts have, with a value for example. */
  readonly variables: ReadonlyMap<string, string | number | boolean>;
}

const sorted = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();

const vocabularyOf = (contacts: readonly Contact[]): Vocabulary => ({
  tags: sorted(contacts.flatMap(({ tags }) => tags)),
  tunnels: sorted(contacts.flatMap(({ tunnels }) => tunnels)),
  languages: sorted(contacts.flatMap(({ language }) => language ?? [])),
  variables: new Map(contacts.flatMap(({ variables }) => Object.entries(variables))),
});

/** Words to suggest, read off some contacts. Others may have more: what is typed counts, and the API checks it. */
export const useVocabulary = (): Vocabulary => {
  const { data } = api.useQuery(
    'get',
    '/v1/contacts',
    { params: { query: { limit: SAMPLE } } },
    { staleTime: Infinity },
  );
  return useMemo(() => vocabularyOf(data?.items ?? []), [data]);
};

/** Variables that a text may name. */
export const useVariableNames = (): readonly string[] => {
  const { variables } = useVocabulary();
  return useMemo(() => [...new Set([...BUILT_IN, ...variables.keys()])], [variables]);
};
