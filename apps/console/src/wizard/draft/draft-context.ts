import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Draft, DraftState } from './draft.ts';
import type { DraftParts, Part } from './draft-parts.ts';

export const DraftContext = createContext<Draft | undefined>(undefined);

const NO_DRAFT = 'No draft is open here.';

export const useDraft = (): Draft => {
  const draft = useContext(DraftContext);
  if (!draft) throw new TypeError(NO_DRAFT);
  return draft;
};

export const useDraftState = (): DraftState => {
  const { subscribe, get } = useDraft();
  return useSyncExternalStore(subscribe, get);
};

/** One part of the draft, and what changes it. */
export const usePart = <P extends Part>(part: P) => {
  const draft = useDraft();
  const { parts, errors } = useDraftState();
  return {
    value: parts[part],
    error: errors[part],
    change: (value: DraftParts[P], options?: { readonly unfinished?: boolean }): void => {
      draft.change(part, value, options);
    },
  };
};
