import {
  contactAt,
  cursorOf,
  numbersOf,
  type Page,
  type RecipientPage,
  type RecipientQuery,
  recipientRow,
  type RecipientRow,
  type ShownLane,
  unpackPage,
} from '@crier/statistics';
import type { Db, Filter } from 'mongodb';
import { batchesOf } from './audience-file.ts';
import { literally } from './list-query.ts';
import { collectionOf, pageId, type StoredAudience, type StoredPage } from './stored.ts';

/** A page that may hold recipients asked for, and where in it to begin. */
interface Candidate extends ShownLane {
  readonly id: string;
  readonly firstIndex: number;
}
interface Match {
  readonly of: Candidate;
  readonly page: RecipientPage;
  readonly index: number;
}

/** Pages asked for at once: few at first, many where hardly any matches. */
const FIRST_PAGES = 2;
const MOST_PAGES = 256;
const GROWTH = 4;

/** The pages of a frozen audience from a place on, in order of lane and index. */
export const candidatesOf = (
  { _id: broadcastId, lanes }: StoredAudience,
  wanted: number | undefined,
  [afterLane, afterIndex]: readonly [number, number] = [0, -1],
): readonly Candidate[] =>
  lanes
    .filter(({ lane }) => lane >= afterLane && (wanted ?? lane) === lane)
    .flatMap((stored) => {
      const { lane, botId, channel } = stored;
      if (botId === undefined || channel === undefined) return [];
      const next = lane === afterLane ? afterIndex + 1 : 0;
      return batchesOf(stored)
        .filter(({ from, size }) => from + size > next)
        .map(({ from }) => ({
          broadcastId,
          lane,
          botId,
          channel,
          id: pageId(broadcastId, lane, from),
          firstIndex: Math.max(from, next),
        }));
    });

const pageFilter = ({ outcome, reason }: RecipientQuery): Filter<StoredPage> => ({
  ...(outcome === undefined ? {} : { [outcome]: { $gt: 0 } }),
  ...(reason === undefined ? {} : { dictionary: { $regex: literally(JSON.stringify(reason)) } }),
});

const matches = (page: RecipientPage, index: number, query: RecipientQuery): boolean => {
  if (query.outcome === undefined && query.reason === undefined) return true;
  const { outcome, reason } = page.place(index);
  return (
    (query.outcome ?? outcome) === outcome &&
    (query.reason === undefined || query.reason === reason)
  );
};

/** Growing parts of a list. */
function* partsOf<Item>(all: readonly Item[]): Iterable<readonly Item[]> {
  for (
    let at = 0, size = FIRST_PAGES;
    at < all.length;
    size = Math.min(size * GROWTH, MOST_PAGES)
  ) {
    yield all.slice(at, at + size);
    at += size;
  }
}

interface Asked {
  readonly db: Db;
  readonly generation: number;
  readonly query: RecipientQuery;
}

const pagesOf = async (
  { db, generation, query }: Asked,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RecipientPage>> => {
  const found = new Map<string, RecipientPage>();
  const filter = { ...pageFilter(query), _id: { $in: ids } };
  for await (const page of collectionOf(db, 'pages', generation).find(filter))
    found.set(page._id, unpackPage(page.from, page.size, page));
  return found;
};

/** Everything that is asked for in some pages, in order. */
function* matchesIn(
  { query }: Asked,
  part: readonly Candidate[],
  pages: ReadonlyMap<string, RecipientPage>,
): Iterable<Match> {
  for (const of of part) {
    const page = pages.get(of.id);
    if (!page) continue;
    for (let index = of.firstIndex; page.holds(index); index += 1)
      if (matches(page, index, query)) yield { of, page, index };
  }
}

/** One more than the answer's page holds, where there are so many. */
const matching = async (
  asked: Asked,
  candidates: readonly Candidate[],
): Promise<readonly Match[]> => {
  const found: Match[] = [];
  for (const part of partsOf(candidates)) {
    const ids = part.map(({ id }) => id);
    for (const match of matchesIn(asked, part, await pagesOf(asked, ids))) {
      found.push(match);
      if (found.length > asked.query.limit) return found;
    }
  }
  return found;
};

const rowsOf = async (
  { db, generation }: Asked,
  found: readonly Match[],
): Promise<readonly RecipientRow[]> => {
  const ids = [...new Set(found.map(({ of }) => of.id))];
  const places = await collectionOf(db, 'places', generation)
    .find({ _id: { $in: ids } }, { projection: { contacts: 1 } })
    .toArray();
  const contacts = new Map(places.map((stored) => [stored._id, stored.contacts]));
  return found.flatMap(({ of, page, index }) => {
    const packed = contacts.get(of.id);
    if (packed === undefined) return [];
    const contactId = contactAt(packed, index - page.from);
    return [recipientRow(of, page, { index, contactId })];
  });
};

/** The recipients of one broadcast in order of lane and index. Throws what the driver throws. @throws BadCursor */
export const listRecipients = async (
  db: Db,
  generation: number,
  { broadcastId, query }: { readonly broadcastId: string; readonly query: RecipientQuery },
): Promise<Page<RecipientRow>> => {
  const { limit, after, ...filter } = query;
  const question = { broadcastId, ...filter };
  const from = numbersOf(question, after);
  const audience = await collectionOf(db, 'audiences', generation).findOne({
    _id: broadcastId,
    frozen: true,
  });
  if (!audience) return { items: [] };
  const asked = { db, generation, query };
  const found = await matching(asked, candidatesOf(audience, query.lane, from));
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await rowsOf(asked, shown),
    ...(found.length > limit && last && { next: cursorOf(question, [last.of.lane, last.index]) }),
  };
};
