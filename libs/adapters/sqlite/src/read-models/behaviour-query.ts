import type { Behaviour } from '@crier/contracts';
import type { Instant } from '@crier/kernel';
import { doersIn, firstDayOf, unpackPage, type PackedContacts } from '@crier/statistics';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { tableOf } from './read-model-schema.ts';

/** Asks one question on one state of the file; undefined where nothing serves yet. */
type Ask = <Answer>(question: (generation: number) => Answer) => Promise<Answer | undefined>;

interface Reading {
  readonly db: DatabaseSync;
  readonly ask: Ask;
  readonly asked: Behaviour;
}

interface PageRow {
  readonly lane: number;
  readonly start: number;
  readonly size: number;
  readonly contacts: PackedContacts;
  readonly dictionary: string;
  readonly data: Uint8Array;
}
interface BroadcastRow {
  readonly number: number;
  readonly id: string;
  readonly startedAt: string | null;
}

/** Read in one go, a few milliseconds each: other work waits no longer. */
const PAGES = 8;
const BROADCASTS = 64;
/** Without a receipt; what is longer holds some. */
const BYTES_PER_PLACE = 7;

/** Chunk by chunk, a place in the lanes after another: a rebuild that replaces the tables in between changes nothing. */
async function* inBroadcast(
  { db, ask, asked }: Reading,
  broadcastId: string,
): AsyncGenerator<readonly string[]> {
  const some = asked.did === 'sent' ? 'g.sent > 0' : `length(g.data) > p.size * ${BYTES_PER_PLACE}`;
  const question = (from: readonly [number, number]) => (generation: number) =>
    db
      .prepare(
        `SELECT p.lane, p.start, p.size, p.contacts, g.dictionary, g.data
         FROM ${tableOf('broadcasts', generation)} b
         CROSS JOIN ${tableOf('places', generation)} p
         JOIN ${tableOf('pages', generation)} g ON g.no = p.no
         WHERE b.id = ? AND p.broadcast = b.number AND (p.lane, p.start) > (?, ?) AND ${some}
         ORDER BY p.lane, p.start LIMIT ${PAGES}`,
      )
      .all(broadcastId, ...from) as unknown as readonly PageRow[];

  let from: readonly [number, number] = [-1, -1];
  for (;;) {
    const rows = (await ask(question(from))) ?? [];
    const ids = rows.flatMap((row) =>
      doersIn(asked, unpackPage(row.start, row.size, row), row.contacts),
    );
    if (ids.length > 0) yield ids;
    const last = rows.at(-1);
    if (!last || rows.length < PAGES) return;
    from = [last.lane, last.start];
    await turn();
  }
}

/** Broadcasts that have started since, the newest first, deleted ones too. */
async function* startedSince({ db, ask }: Reading, since: Instant): AsyncGenerator<string> {
  const question = (before: number) => (generation: number) =>
    db
      .prepare(
        `SELECT b.number, b.id, json_extract(m.document, '$.startedAt') AS startedAt
         FROM ${tableOf('broadcasts', generation)} b
         JOIN ${tableOf('mailings', generation)} m ON m.id = b.id
         WHERE b.number < ? ORDER BY b.number DESC LIMIT ${BROADCASTS}`,
      )
      .all(before) as unknown as readonly BroadcastRow[];

  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const rows = (await ask(question(before))) ?? [];
    for (const { id, startedAt } of rows) if (startedAt !== null && startedAt >= since) yield id;
    const last = rows.at(-1);
    if (!last || rows.length < BROADCASTS) return;
    before = last.number;
    await turn();
  }
}

/** Everybody who did it. @throws Unavailable */
export async function* whoDid(reading: Reading, now: Instant): AsyncGenerator<readonly string[]> {
  const { broadcast, lastDays = 0 } = reading.asked;
  if (broadcast !== undefined) {
    yield* inBroadcast(reading, broadcast);
    return;
  }
  for await (const id of startedSince(reading, firstDayOf(lastDays, now)))
    yield* inBroadcast(reading, id);
}
