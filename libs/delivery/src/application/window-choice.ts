import type { Bot, ContactDirectory, RecipientCard } from '@crier/audience';
import type { Clock } from '@crier/kernel';
import type { LaneFold } from '../domain/lane-fold.ts';
import type { LaneBatches } from './audience-plan.ts';

/** Who is opened next, and who is not to be sent. */
export interface WindowChoice {
  readonly open: readonly number[];
  readonly skip: readonly (readonly [index: number, reason: string])[];
  readonly cards: ReadonlyMap<number, RecipientCard>;
}

export const NOBODY: WindowChoice = { open: [], skip: [], cards: new Map() };

const LARGEST_WINDOW = 500;
const SMALLEST_WINDOW = 8;
/** Part of a second's share that one window holds: the bound of doubt. */
const WINDOW_SECONDS = 0.4;
/** A window leaves within so many seconds, so that no licence grows old. */
const LONGEST_SECONDS = 5;

/** At most max(8, 0.4 s of the share), and no more than leaves in a few seconds. */
export const windowSize = (share: number): number => {
  const most = Math.min(
    LARGEST_WINDOW,
    Math.max(SMALLEST_WINDOW, Math.ceil(share * WINDOW_SECONDS)),
  );
  return Math.max(1, Math.min(most, Math.floor(share * LONGEST_SECONDS)));
};

/** The next waiting of one batch, each looked at again at the last moment: whether the person is still there and reachable (P4). */
export const chooseWindow = async (
  deps: {
    readonly directory: ContactDirectory;
    readonly clock: Clock;
    readonly bot: Bot;
    readonly batches: LaneBatches;
  },
  fold: LaneFold,
  size: number,
): Promise<WindowChoice> => {
  const { directory, clock, bot, batches } = deps;
  const indexes = fold.nextWaiting(size, clock.now(), batches.stretchOf);
  if (indexes.length === 0) return NOBODY;
  const contacts = await batches.contactsAt(indexes);
  const known = await directory.cards(bot.id, contacts);
  const skip: [number, string][] = [];
  const cards = new Map<number, RecipientCard>();
  indexes.forEach((index, i) => {
    const card = known.get(contacts[i] ?? '');
    if (card?.status === 'enabled') cards.set(index, card);
    else skip.push([index, card?.status ?? 'erased']);
  });
  return { open: [...cards.keys()], skip, cards };
};
