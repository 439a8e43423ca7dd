import { createContext, useContext } from 'react';
import type { Capabilities } from '../../api/types.ts';
import type { KnownChannel } from './known-channels.ts';

/** What the channels can show that the elements under edit are for. */
export interface Section {
  readonly elementKinds: readonly string[];
  readonly buttonKinds: readonly string[];
  readonly textLength: number | undefined;
  readonly captionLength: number | undefined;
}

type LimitName = 'textLength' | 'captionLength';

const least = (all: readonly Capabilities[], name: LimitName): number | undefined =>
  all.length === 0 ? undefined : Math.min(...all.map(({ limits }) => limits[name]));

export const sectionOf = (channels: readonly KnownChannel[]): Section => {
  const all = channels.map(({ capabilities }) => capabilities);
  return {
    elementKinds: [...new Set(all.flatMap(({ elements }) => elements))],
    buttonKinds: [...new Set(all.flatMap(({ buttons }) => buttons))],
    textLength: least(all, 'textLength'),
    captionLength: least(all, 'captionLength'),
  };
};

export const SectionContext = createContext<Section>(sectionOf([]));

export const useSection = (): Section => useContext(SectionContext);
