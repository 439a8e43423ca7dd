import {
  cursorOf,
  numbersOf,
  type Page,
  recipientRow,
  type RecipientRow,
  type ShownLane,
  slotOf,
  unpackPage,
} from '@crier/statistics';
import type { Db } from 'mongodb';
import { collectionOf, laneId, type StoredAudience } from './stored.ts';

interface NumberedLane extends ShownLane {
  readonly number: number;
}
interface Delivery {
  readonly key: readonly [number, number];
  readonly row: RecipientRow;
}
interface Asked {
  readonly db: Db;
  readonly generation: number;
  readonly contactId: string;
}

/** Lanes looked into at once. */
const MOST_LOOKS = 8;
const NEWEST = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] as const;

/** Frozen lanes before a place, the newest broadcast first. */
async function* lanesBefore(
  { db, generation }: Asked,
  [beforeNumber, beforeLane]: readonly [number, number],
): AsyncGenerator<NumberedLane> {
  const shown = { number: 1, 'lanes.lane': 1, 'lanes.botId': 1, 'lanes.channel': 1 };
  const audiences = collectionOf(db, 'audiences', generation)
    .find({ frozen: true, number: { $lte: beforeNumber } }, { projection: shown })
    .sort({ number: -1 });
  for await (const audience of audiences)
    for (const lane of newestFirst(audience))
      if (lane.number < beforeNumber || lane.lane < beforeLane) yield lane;
}

const newestFirst = ({ _id, number, lanes }: StoredAudience): readonly NumberedLane[] =>
  lanes
    .flatMap(({ lane, botId, channel }) =>
      botId === undefined || channel === undefined
        ? []
        : [{ broadcastId: _id, number, lane, botId, channel }],
    )
    .sort((a, b) => b.lane - a.lane);

/** In a lane the contacts lie in order: only the last page that begins at or before one can hold it. */
const deliveryIn = async (
  { db, generation, contactId }: Asked,
  lane: NumberedLane,
): Promise<Delivery | undefined> => {
  const places = await collectionOf(db, 'places', generation).findOne(
    { of: laneId(lane.broadcastId, lane.lane), first: { $lte: contactId } },
    { sort: { first: -1 } },
  );
  const slot = places ? slotOf(places.contacts, contactId) : -1;
  if (!places || slot < 0) return undefined;
  const page = await collectionOf(db, 'pages', generation).findOne({ _id: places._id });
  if (!page) return undefined;
  const recipient = { index: page.from + slot, contactId };
  const row = recipientRow(lane, unpackPage(page.from, page.size, page), recipient);
  return { key: [lane.number, lane.lane], row };
};

/** What was delivered in these lanes, in their order. */
const deliveriesIn = async (
  asked: Asked,
  lanes: readonly NumberedLane[],
): Promise<readonly Delivery[]> =>
  (await Promise.all(lanes.map((lane) => deliveryIn(asked, lane)))).filter(
    (found) => found !== undefined,
  );

/** What one person got: one look into each lane, the newest broadcast first. Throws what the driver throws. @throws BadCursor */
export const listDeliveries = async (
  db: Db,
  generation: number,
  { contactId, limit, after }: { contactId: string; limit: number; after?: string },
): Promise<Page<RecipientRow>> => {
  const asked = { db, generation, contactId };
  const found: Delivery[] = [];
  let lanes: NumberedLane[] = [];
  for await (const lane of lanesBefore(asked, numbersOf({ contactId }, after) ?? NEWEST)) {
    lanes.push(lane);
    if (lanes.length < MOST_LOOKS) continue;
    found.push(...(await deliveriesIn(asked, lanes)));
    lanes = [];
    if (found.length > limit) break;
  }
  found.push(...(await deliveriesIn(asked, lanes)));
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ row }) => row),
    ...(found.length > limit && last && { next: cursorOf({ contactId }, last.key) }),
  };
};
