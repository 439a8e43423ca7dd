import type { Behaviour } from '@crier/contracts';
import type { Instant } from '@crier/kernel';
import { doersIn, firstDayOf, unpackPage, type Mailing } from '@crier/statistics';
import type { Db, Filter } from 'mongodb';
import { candidatesOf } from './recipient-query.ts';
import { collectionOf, type StoredPage } from './stored.ts';

/** Asks one question of the generation that serves; undefined where none does yet. */
type Ask = <Answer>(
  question: (generation: number) => Promise<Answer>,
) => Promise<Answer | undefined>;

interface Reading {
  readonly db: Db;
  readonly ask: Ask;
  readonly asked: Behaviour;
}

const PAGES = 64;
const BROADCASTS = 64;

const chunks = <Item>(all: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );

const doersOnPages = async (
  { db, asked }: Reading,
  generation: number,
  ids: readonly string[],
): Promise<readonly string[]> => {
  const some: Filter<StoredPage> = asked.did === 'sent' ? { sent: { $gt: 0 } } : {};
  const pages = await collectionOf(db, 'pages', generation)
    .find({ ...some, _id: { $in: ids } })
    .toArray();
  const places = await collectionOf(db, 'places', generation)
    .find({ _id: { $in: pages.map(({ _id }) => _id) } }, { projection: { contacts: 1 } })
    .toArray();
  const contacts = new Map(places.map((stored) => [stored._id, stored.contacts]));
  return pages.flatMap((stored) => {
    const packed = contacts.get(stored._id);
    const page = unpackPage(stored.from, stored.size, stored);
    return packed === undefined ? [] : doersIn(asked, page, packed);
  });
};

/** Where pages lie is the same in every generation, so that one may replace another in between. */
async function* inBroadcast(
  reading: Reading,
  broadcastId: string,
): AsyncGenerator<readonly string[]> {
  const { db, ask } = reading;
  const audience = await ask((generation) =>
    collectionOf(db, 'audiences', generation).findOne({ _id: broadcastId, frozen: true }),
  );
  if (!audience) return;
  const ids = candidatesOf(audience, undefined).map(({ id }) => id);
  for (const part of chunks(ids, PAGES)) {
    const found = await ask((generation) => doersOnPages(reading, generation, part));
    if (found && found.length > 0) yield found;
  }
}

/** Of these, those that have started since. */
const startedAmong = async (
  { db, ask }: Reading,
  broadcasts: readonly string[],
  since: Instant,
): Promise<readonly string[]> => {
  const stored = await ask((generation) =>
    collectionOf(db, 'mailings', generation)
      .find({ _id: { $in: broadcasts } })
      .toArray(),
  );
  return (stored ?? [])
    .map(({ document }) => JSON.parse(document) as Mailing)
    .filter(({ startedAt }) => startedAt !== null && startedAt >= since)
    .map(({ id }) => id);
};

/** Everybody who did it. Throws what the driver throws. */
export async function* whoDid(reading: Reading, now: Instant): AsyncGenerator<readonly string[]> {
  const { db, ask, asked } = reading;
  if (asked.broadcast !== undefined) {
    yield* inBroadcast(reading, asked.broadcast);
    return;
  }
  const since = firstDayOf(asked.lastDays ?? 0, now);
  const planned = await ask((generation) =>
    collectionOf(db, 'audiences', generation)
      .find({ frozen: true }, { projection: { _id: 1 } })
      .toArray(),
  );
  const ids = (planned ?? []).map(({ _id }) => _id);
  for (const part of chunks(ids, BROADCASTS))
    for (const id of await startedAmong(reading, part, since)) yield* inBroadcast(reading, id);
}
