import { client } from '../../api/client.ts';
import type { Fault } from '../../api/problem.ts';
import type { Audience, Broadcast, MessageContent, Settings } from '../../api/types.ts';

/** What a draft is made of; each part is saved by itself, as a whole. */
export interface DraftParts {
  readonly name: string;
  readonly message: MessageContent;
  readonly audience: Audience;
  readonly settings: Settings;
}

export type Part = keyof DraftParts;
export const PARTS = ['name', 'message', 'audience', 'settings'] as const satisfies Part[];

const EMPTY: MessageContent = { synchronised: true, elements: [] };

export const partsOf = ({ name, message, audience, settings }: Broadcast): DraftParts => ({
  name,
  message: message ?? EMPTY,
  audience,
  settings,
});

/** What became of a save: the revision that it made, or a problem. */
export type Saved =
  | { readonly data: { readonly revision: number; readonly warnings?: readonly Fault[] } }
  | { readonly data?: never; readonly error: unknown };

/** Where drafts are kept. */
export interface DraftStore {
  /** Refuses with REVISION_MISMATCH where somebody made a newer revision. */
  save(part: Part, parts: DraftParts, revision: number): Promise<Saved>;
  /** As it stands now, whoever changed it. */
  load(): Promise<Broadcast | undefined>;
}

/** The drafts of the API. */
export const draftStoreOf = (id: string): DraftStore => {
  const made = (revision: number) => ({
    params: { path: { id }, header: { 'If-Match': `"${revision}"` } },
  });
  const saves = {
    name: ({ name }: DraftParts, at: number) =>
      client.PATCH('/v1/broadcasts/{id}', { ...made(at), body: { name } }),
    message: ({ message }: DraftParts, at: number) =>
      client.PUT('/v1/broadcasts/{id}/message', { ...made(at), body: message }),
    audience: ({ audience }: DraftParts, at: number) =>
      client.PUT('/v1/broadcasts/{id}/audience', { ...made(at), body: audience }),
    settings: ({ settings }: DraftParts, at: number) =>
      client.PUT('/v1/broadcasts/{id}/settings', { ...made(at), body: settings }),
  };
  return {
    save: async (part, parts, revision): Promise<Saved> => {
      try {
        const { data, error } = await saves[part](parts, revision);
        return data ? { data } : { error };
      } catch (error) {
        return { error };
      }
    },
    load: async () => {
      const { data } = await client.GET('/v1/broadcasts/{id}', { params: { path: { id } } });
      return data;
    },
  };
};
