import type { Bot, ContactDirectory, RecipientCard } from '@crier/audience';
import type { Connector } from '@crier/connector';
import type { Clock } from '@crier/kernel';
import { setImmediate } from 'node:timers/promises';
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
/** A window holds so many full requests, where one request carries many … */
const REQUESTS_OF_WINDOW = 4;
/** … and no more parts than this: the outcomes of two windows may have to fit into one append, each part with its id. */
const MOST_PARTS = 5_000;
const SMALLEST_WINDOW = 8;
/** Part of a second's share that one window holds: the bound of doubt. */
const WINDOW_SECONDS = 0.4;
/** A window leaves within so many seconds, so that no licence grows old. */
const LONGEST_SECONDS = 5;

/** The largest window there is, for requests that can carry `batch` messages and content of so many parts. */
export const largestWindow = (batch: number, parts: number): number =>
  batch === 1
    ? LARGEST_WINDOW
    : Math.max(
        LARGEST_WINDOW,
        Math.min(REQUESTS_OF_WINDOW * batch, Math.floor(MOST_PARTS / parts)),
      );

/** At most max(8, 0.4 s of the share), no more than leaves in a few seconds, and never more than `largest`. */
export const windowSize = (share: number, largest: number): number => {
  const most = Math.min(largest, Math.max(SMALLEST_WINDOW, Math.ceil(share * WINDOW_SECONDS)));
  return Math.max(1, Math.min(most, Math.floor(share * LONGEST_SECONDS)));
};

/** What is asked about people who are to be sent to. */
export interface WindowDeps {
  readonly directory: ContactDirectory;
  readonly clock: Clock;
  readonly connector: Connector;
  readonly bot: Bot;
  readonly batches: LaneBatches;
}

/** The cards of these recipients; the erased are missing. */
export const cardsAt = async (
  { directory, bot, batches }: WindowDeps,
  indexes: readonly number[],
): Promise<ReadonlyMap<number, RecipientCard>> => {
  const cards = new Map<number, RecipientCard>();
  for (const group of Map.groupBy(indexes, (index) => batches.stretchOf(index)[0]).values()) {
    // Between two batches others get their turn: this thread paces.
    if (cards.size > 0) await setImmediate();
    const contacts = await batches.contactsAt(group);
    const known = await directory.cards(bot.id, contacts);
    group.forEach((index, i) => {
      const card = known.get(contacts[i] ?? '');
      if (card) cards.set(index, card);
    });
  }
  return cards;
};

const OUTSIDE_WINDOW = 'outside_window';

/** Why a person is not to be sent to now; undefined: nothing speaks against it. */
const refusalOf = (
  card: RecipientCard | undefined,
  windowMs: number | undefined,
  now: number,
): string | undefined => {
  if (card?.status !== 'enabled') return card?.status ?? 'erased';
  const isOutside = windowMs !== undefined && now - Date.parse(card.activeAt) >= windowMs;
  return isOutside ? OUTSIDE_WINDOW : undefined;
};

/**
 * The next waiting, of as many batches as a window needs, each looked at again at the last moment: whether the person is
 * still there and reachable, and within the messenger's window (P4).
 */
export const chooseWindow = async (
  deps: WindowDeps,
  fold: LaneFold,
  size: number,
): Promise<WindowChoice> => {
  const { clock, connector, batches } = deps;
  const now = clock.now();
  const indexes = fold.nextWaiting(size, now, (index) => batches.stretchFor(index, size));
  if (indexes.length === 0) return NOBODY;
  const known = await cardsAt(deps, indexes);
  const skip: [number, string][] = [];
  const cards = new Map<number, RecipientCard>();
  for (const index of indexes) {
    const card = known.get(index);
    const reason = refusalOf(card, connector.capabilities.windowMs, Date.parse(now));
    if (card && reason === undefined) cards.set(index, card);
    else if (reason !== undefined) skip.push([index, reason]);
  }
  return { open: [...cards.keys()], skip, cards };
};
