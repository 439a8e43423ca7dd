import {
  type PackedContacts,
  recipientRow,
  type RecipientRow,
  type ShownLane,
  slotOf,
  unpackPage,
} from '@crier/statistics';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { tableOf } from './read-model-schema.ts';

interface Reading {
  readonly db: DatabaseSync;
  /** Asks one question on one state of the file; undefined where nothing serves yet. */
  readonly ask: <Answer>(question: (generation: number) => Answer) => Promise<Answer | undefined>;
}
interface Asked {
  readonly botId: string;
  readonly contactIds: readonly string[];
  readonly limit: number;
}
interface Lane extends ShownLane {
  /** Of its broadcast, in this generation. */
  readonly number: number;
}
interface PlacesRow {
  readonly no: number;
  readonly start: number;
  readonly size: number;
  readonly last: string;
  readonly contacts: PackedContacts;
}

/** Read in one go, a few milliseconds each: other work waits no longer. */
const GO_MS = 3;
const LANES = 64;
const NEWEST = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] as const;

/** People in the order of their ids, in which they lie in every lane, with what was found of them. */
class Wanted {
  readonly found = new Map<string, RecipientRow[]>();
  readonly #limit: number;
  #ids: readonly string[];

  constructor({ contactIds, limit }: Asked) {
    this.#ids = [...new Set(contactIds)].sort();
    this.#limit = limit;
  }

  /** Who may have more. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  add(row: RecipientRow): void {
    const rows = this.found.get(row.contactId);
    if (rows) rows.push(row);
    else this.found.set(row.contactId, [row]);
  }

  /** Whoever has as many as were asked for is not looked for in older lanes. */
  rest(): void {
    this.#ids = this.#ids.filter((id) => (this.found.get(id)?.length ?? 0) < this.#limit);
  }
}

const lanesBefore = async (
  { db, ask }: Reading,
  botId: string,
  before: readonly [number, number],
): Promise<readonly Lane[]> => {
  const lanes = await ask(
    (generation) =>
      db
        .prepare(
          `SELECT b.id AS broadcastId, l.broadcast AS number, l.lane, l.bot AS botId, l.channel
           FROM ${tableOf('lanes', generation)} l
           CROSS JOIN ${tableOf('broadcasts', generation)} b ON b.number = l.broadcast
           WHERE (l.broadcast, l.lane) < (?, ?) AND l.bot = ?
           ORDER BY l.broadcast DESC, l.lane DESC LIMIT ${LANES}`,
        )
        .all(...before, botId) as unknown as readonly Lane[],
  );
  return lanes ?? [];
};

/** Reads places and pages of one generation. */
const readerOf = (db: DatabaseSync, generation: number) => {
  // By its id: a rebuild that replaces the tables in between changes nothing.
  const places = db.prepare(`
    SELECT p.no, p.start, p.size, p.last, p.contacts
    FROM ${tableOf('broadcasts', generation)} b CROSS JOIN ${tableOf('places', generation)} p
    WHERE b.id = ? AND p.broadcast = b.number AND p.lane = ? AND p.first <= ?
    ORDER BY p.first DESC LIMIT 1`);
  const page = db.prepare(
    `SELECT dictionary, data FROM ${tableOf('pages', generation)} WHERE no = ?`,
  );
  return {
    placesOf: ({ broadcastId, lane }: Lane, contactId: string) =>
      places.get(broadcastId, lane, contactId) as unknown as PlacesRow | undefined,
    open: ({ no, start, size }: PlacesRow, slots: ReadonlySet<number>) =>
      unpackPage(
        start,
        size,
        page.get(no) as { readonly dictionary: string; readonly data: Uint8Array },
        (slot) => slots.has(slot),
      ),
  };
};

/** Looks for people from one on, page after page, until the go is over. Gives who is next. */
const look = (
  { placesOf, open }: ReturnType<typeof readerOf>,
  lane: Lane,
  { wanted, from, until }: { wanted: Wanted; from: number; until: number },
): number => {
  const { ids } = wanted;
  let next = from;
  do {
    const places = placesOf(lane, ids[next] ?? '');
    // Whoever lies behind the last of a page is in none; the next one may be in the next.
    const end = Math.max(next + 1, places ? endOf(ids, next, places.last) : 0);
    const slots = places ? slotsOf(places, ids.slice(next, end)) : new Map<number, string>();
    next = end;
    if (!places || slots.size === 0) continue;
    const page = open(places, new Set(slots.keys()));
    for (const [slot, contactId] of slots)
      wanted.add(recipientRow(lane, page, { index: places.start + slot, contactId }));
  } while (next < ids.length && performance.now() < until);
  return next;
};

/** The first from here on who lies behind `last`. */
const endOf = (ids: readonly string[], from: number, last: string): number => {
  let end = from;
  while (end < ids.length && (ids[end] ?? '') <= last) end += 1;
  return end;
};

const slotsOf = ({ contacts }: PlacesRow, ids: readonly string[]): ReadonlyMap<number, string> => {
  const slots = ids.map((id) => [slotOf(contacts, id), id] as const);
  return new Map(slots.filter(([slot]) => slot >= 0));
};

/** What many people got at one bot, the newest broadcast first. A page is opened once for all of whom it tells. */
export const deliveriesAt = async (
  reading: Reading,
  asked: Asked,
): Promise<ReadonlyMap<string, readonly RecipientRow[]>> => {
  const wanted = new Wanted(asked);
  let before: readonly [number, number] = NEWEST;
  while (wanted.ids.length > 0) {
    const lanes = await lanesBefore(reading, asked.botId, before);
    for (const lane of lanes) await lookIn(reading, lane, wanted);
    const last = lanes.at(-1);
    if (!last || lanes.length < LANES) break;
    before = [last.number, last.lane];
  }
  return wanted.found;
};

const lookIn = async ({ db, ask }: Reading, lane: Lane, wanted: Wanted): Promise<void> => {
  let from = 0;
  while (from < wanted.ids.length) {
    const next = await ask((generation) =>
      look(readerOf(db, generation), lane, { wanted, from, until: performance.now() + GO_MS }),
    );
    from = next ?? wanted.ids.length;
    await turn();
  }
  wanted.rest();
};
