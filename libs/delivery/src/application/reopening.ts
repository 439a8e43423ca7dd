import type { RecipientCard } from '@crier/audience';
import type { Revision } from '@crier/kernel';
import { isKeyGood } from '../domain/key-age.ts';
import type { LaneFold } from '../domain/lane-fold.ts';
import { cardsAt, type WindowDeps } from './window-choice.ts';

const NOBODY: ReadonlyMap<number, RecipientCard> = new Map();

/**
 * Those of silent windows who may be sent again with their key (R23), and what is needed for it: the channel has keys, theirs
 * is young enough, and the person can still be reached.
 */
export const chooseAgain = async (
  deps: WindowDeps,
  fold: LaneFold,
  silent: readonly Revision[],
): Promise<ReadonlyMap<number, RecipientCard>> => {
  if (!deps.connector.capabilities.idempotent || silent.length === 0) return NOBODY;
  const now = deps.clock.now();
  const indexes = silent
    .flatMap((window) => [...fold.inFlightBy(window)])
    .filter((index) => isKeyGood(fold.keySince(index) ?? '', now));
  const cards = await cardsAt(deps, indexes);
  return new Map([...cards].filter(([, { status }]) => status === 'enabled'));
};
