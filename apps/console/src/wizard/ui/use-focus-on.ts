import { useEffect, useState, type RefObject } from 'react';

/** Moves the focus to what a selector finds inside, once what was just changed is there. */
export const useFocusOn = (root: RefObject<HTMLElement | null>): ((selector: string) => void) => {
  const [wanted, setWanted] = useState<{ readonly selector: string }>();
  useEffect(() => {
    if (wanted) root.current?.querySelector<HTMLElement>(wanted.selector)?.focus();
  }, [root, wanted]);
  return (selector) => {
    setWanted({ selector });
  };
};
