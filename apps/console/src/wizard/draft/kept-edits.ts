import type { DraftParts } from './draft-parts.ts';

/** Edits that the server has not taken yet, and the revision that they were made on. */
export interface KeptEdits {
  readonly revision: number;
  readonly parts: Partial<DraftParts>;
}

const keyOf = (id: string): string => `crier.draft.${id}`;

/** Keeps what is not saved in this browser, so that neither a closed tab nor a missing network loses it. */
export const keptEdits = {
  get: (id: string): KeptEdits | undefined => {
    try {
      const kept = localStorage.getItem(keyOf(id));
      return kept === null ? undefined : (JSON.parse(kept) as KeptEdits);
    } catch {
      return undefined;
    }
  },
  keep: (id: string, edits: KeptEdits): void => {
    try {
      localStorage.setItem(keyOf(id), JSON.stringify(edits));
    } catch {
      // A full store takes nothing more; the edit still stands on the page and is saved from there.
    }
  },
  drop: (id: string): void => {
    localStorage.removeItem(keyOf(id));
  },
};
