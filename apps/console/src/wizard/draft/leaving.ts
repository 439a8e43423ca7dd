import { useEffect } from 'react';
import type { Draft } from './draft.ts';

/** Saves what is left when the page is left or hidden; a browser that is closed with something unsaved asks first. */
export const useSavedOnLeaving = (draft: Draft): void => {
  useEffect(() => {
    const save = (): void => {
      if (draft.get().unsaved.length > 0) void draft.flush();
    };
    const ask = (event: BeforeUnloadEvent): void => {
      if (draft.get().unsaved.length > 0) event.preventDefault();
    };
    document.addEventListener('visibilitychange', save);
    window.addEventListener('beforeunload', ask);
    return () => {
      document.removeEventListener('visibilitychange', save);
      window.removeEventListener('beforeunload', ask);
      save();
    };
  }, [draft]);
};
