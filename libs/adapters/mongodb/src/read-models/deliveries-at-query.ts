import {
  type PackedContacts,
  recipientRow,
  type RecipientRow,
  type ShownLane,
  slotOf,
  unpackPage,
} from '@crier/statistics';
import type { Db } from 'mongodb';
import { setImmediate as turn } from 'node:timers/promises';
import { collectionOf, laneId, type StoredAudience } from './stored.ts';

interface Asked {
  readonly db: Db;
  readonly generation: number;
  readonly botId: string;
}
interface Slot {
  readonly contactId: string;
  readonly slot: number;
}

/** Pages read at once. */
const MOST_PAGES = 32;

/** The bot's frozen lanes, the newest broadcast first. */
async function* lanesOf({ db, generation, botId }: Asked): AsyncGenerator<ShownLane> {
  const shown = { 'lanes.lane': 1, 'lanes.botId': 1, 'lanes.channel': 1 };
  const audiences = collectionOf(db, 'audiences', generation)
    .find({ frozen: true, 'lanes.botId': botId }, { projection: shown })
    .sort({ number: -1 });
  for await (const audience of audiences) yield* newestFirst(audience, botId);
}

const newestFirst = (
  { _id: broadcastId, lanes }: StoredAudience,
  wanted: string,
): readonly ShownLane[] =>
  lanes
    .flatMap(({ lane, botId, channel }) =>
      botId !== wanted || channel === undefined ? [] : [{ broadcastId, lane, botId, channel }],
    )
    .sort((a, b) => b.lane - a.lane);

/** In a lane the contacts lie in order: each can only be in the last page that begins at or before it. */
const pagesOf = async (
  { db, generation }: Asked,
  lane: ShownLane,
  sorted: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const last = sorted.at(-1) ?? '';
  const heads = await collectionOf(db, 'places', generation)
    .find({ of: laneId(lane.broadcastId, lane.lane), first: { $lte: last } })
    .project<{ _id: string; first: string }>({ first: 1 })
    .sort({ first: 1 })
    .toArray();
  const pages = new Map<string, string[]>();
  let at = -1;
  for (const contactId of sorted) {
    while ((heads[at + 1]?.first ?? '\uffff') <= contactId) at += 1;
    const head = heads[at];
    if (!head) continue;
    const known = pages.get(head._id);
    if (known) known.push(contactId);
    else pages.set(head._id, [contactId]);
  }
  return pages;
};

const slotsOf = (contacts: PackedContacts, ids: readonly string[]): readonly Slot[] =>
  ids
    .map((contactId) => ({ contactId, slot: slotOf(contacts, contactId) }))
    .filter(({ slot }) => slot >= 0);

/** Which of them really lie in these pages, and where. */
const slotsIn = async (
  { db, generation }: Asked,
  pages: ReadonlyMap<string, readonly string[]>,
): Promise<ReadonlyMap<string, readonly Slot[]>> => {
  const places = collectionOf(db, 'places', generation).find({ _id: { $in: [...pages.keys()] } });
  const found = new Map<string, readonly Slot[]>();
  for await (const { _id, contacts } of places) {
    const slots = slotsOf(contacts, pages.get(_id) ?? []);
    if (slots.length > 0) found.set(_id, slots);
  }
  return found;
};

const rowsIn = async (
  asked: Asked,
  lane: ShownLane,
  pages: ReadonlyMap<string, readonly string[]>,
): Promise<readonly RecipientRow[]> => {
  const slots = await slotsIn(asked, pages);
  const rows: RecipientRow[] = [];
  if (slots.size === 0) return rows;
  const stored = collectionOf(asked.db, 'pages', asked.generation).find({
    _id: { $in: [...slots.keys()] },
  });
  for await (const packed of stored) {
    const here = slots.get(packed._id) ?? [];
    const wanted = new Set(here.map(({ slot }) => slot));
    const page = unpackPage(packed.from, packed.size, packed, (slot) => wanted.has(slot));
    for (const { contactId, slot } of here)
      rows.push(recipientRow(lane, page, { index: packed.from + slot, contactId }));
    await turn();
  }
  return rows;
};

/** What many people got at one bot, the newest broadcast first: a few questions for each lane. Throws what the driver throws. */
export const deliveriesAt = async (
  asked: Asked,
  contactIds: readonly string[],
  limit: number,
): Promise<ReadonlyMap<string, readonly RecipientRow[]>> => {
  const found = new Map<string, RecipientRow[]>();
  let wanted: readonly string[] = [...new Set(contactIds)].sort();
  for await (const lane of lanesOf(asked)) {
    const pages = [...(await pagesOf(asked, lane, wanted))];
    for (let at = 0; at < pages.length; at += MOST_PAGES)
      for (const row of await rowsIn(asked, lane, new Map(pages.slice(at, at + MOST_PAGES))))
        found.set(row.contactId, [...(found.get(row.contactId) ?? []), row]);
    wanted = wanted.filter((id) => (found.get(id)?.length ?? 0) < limit);
    if (wanted.length === 0) break;
  }
  return found;
};
