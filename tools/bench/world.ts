import { SqliteBotRegistry, SqliteContactDirectory, SqliteEventStore } from '@crier/adapter-sqlite';
import type { Bot, ContactChange } from '@crier/audience';
import {
  audienceStream,
  broadcastStream,
  deliveryStream,
  type BroadcastEvent,
  type Channel,
  type DeliveryEvent,
} from '@crier/contracts';
import { derivedId, freshId, NO_STREAM, SystemClock, type NewEvent } from '@crier/kernel';
import { createHmac } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

interface AnyEvent {
  readonly type: string;
  readonly data: unknown;
}

export const BOTS = ['bench-a', 'bench-b'] as const;
const SECRET = 'bench-secret-bench-secret-bench-secret';
const BATCH = 1_000;
const FIRST_NAMES = ['Anna', 'Bohdan', 'Chloé', 'Daryna', 'Emil', 'Fatima', 'Grace', 'Hugo'];
const CITIES = ['Kyiv', 'Berlin', 'Lisbon', 'New York'];

export const MESSAGE = {
  synchronised: true,
  elements: [
    {
      type: 'text',
      text: 'Hi **{{first_name | friend}}**, the sale in {{city | your city}} ends _tonight_.',
      buttons: [
        { kind: 'link', label: 'See the sale', url: 'https://shop.example/sale' },
        { kind: 'message', label: 'Remind me', payload: 'remind' },
      ],
    },
  ],
} as const;

/** Tags that name audiences by size: `n10000` is everybody whose number is below 10,000. */
export const tagOf = (size: number): string => `n${size}`;

/** Makes a data directory as `standalone` keeps it, with these bots. */
export const prepare = async (data: string, bots: readonly Bot[]): Promise<void> => {
  mkdirSync(data, { recursive: true });
  writeFileSync(
    join(data, 'installation.json'),
    JSON.stringify({ id: freshId(), host: hostname(), demo: false }),
  );
  writeFileSync(join(data, 'secret'), SECRET);
  const key = createHmac('sha256', SECRET).update('credentials').digest();
  const registry = new SqliteBotRegistry({ path: join(data, 'bots.db'), key });
  for (const bot of bots) await registry.put(bot);
  await registry.close();
};

/** Writes so many contacts of one channel into a data directory. */
export const fillContacts = async (
  data: string,
  channel: Channel,
  { count, contactOf }: { count: number; contactOf: (i: number) => ContactChange },
): Promise<void> => {
  const directory = new SqliteContactDirectory({
    path: join(data, 'contacts.db'),
    clock: new SystemClock(),
    channelOf: () => channel,
  });
  for (let from = 0; from < count; from += BATCH)
    await directory.upsert(
      Array.from({ length: Math.min(BATCH, count - from) }, (_none, k) => contactOf(from + k)),
    );
  await directory.close();
};

/** Fills a data directory: bots on the sandbox and so many contacts. */
export const fill = async (
  data: string,
  options: { contacts: number; sizes: readonly number[]; sandboxUrl: string },
): Promise<void> => {
  const { contacts, sizes, sandboxUrl } = options;
  const bots = BOTS.map((id, i) => ({
    id,
    channel: 'telegram',
    name: id,
    credentials: { token: `${i + 1}:${id}`, webhookSecret: 'bench' },
    rate: 100_000,
    apiUrl: sandboxUrl,
  }));
  await prepare(data, bots);
  const contactOf = (i: number) => contact(i, sizes);
  await fillContacts(data, 'telegram', { count: contacts, contactOf });
};

const contact = (i: number, sizes: readonly number[]) => ({
  firstName: FIRST_NAMES[i % FIRST_NAMES.length] ?? '',
  tags: [...sizes.filter((size) => i < size).map(tagOf), `t${i % 50}`],
  tunnels: [`f${i % 20}`],
  variables: { city: CITIES[i % CITIES.length] ?? '', orders: i % 9 },
  connections: [{ botId: BOTS[i % BOTS.length] ?? '', address: String(10_000_000 + i) }],
});

/** So many finished broadcasts of one lane and 100 recipients each, as events. */
export const fillHistory = async (data: string, broadcasts: number): Promise<readonly string[]> => {
  const store = await SqliteEventStore.open({ path: join(data, 'events.db'), writer: 'inline' });
  const ids = Array.from({ length: broadcasts }, freshId);
  const at = (i: number): string =>
    new Date(Date.parse('2026-01-01T00:00:00Z') + i * 60_000).toISOString();
  for (const [i, broadcastId] of ids.entries()) {
    const totals = { sent: 95, failed: 5, skipped: 0, unconfirmed: 0 };
    const lanes = [{ lane: 0, botId: BOTS[0], channel: 'telegram', planned: 100 }];
    const before: BroadcastEvent[] = [
      { type: 'BroadcastDrafted', data: { broadcastId, name: `Past ${i}` } },
      { type: 'MessageComposed', data: { broadcastId, content: MESSAGE, contentRevision: 1 } },
      { type: 'BroadcastScheduled', data: { broadcastId, start: { mode: 'now' }, instant: at(i) } },
      { type: 'BroadcastStarted', data: { broadcastId, startedAt: at(i) } },
    ];
    const frozen: BroadcastEvent = {
      type: 'AudienceFrozen',
      data: { broadcastId, planned: 100, lanes, excluded: {} },
    };
    const delivered: DeliveryEvent[] = [
      {
        type: 'WindowTurned',
        data: { epoch: 'e', settled: [], opened: { indexes: [[0, 100]], contentRevision: 1 } },
      },
      {
        type: 'WindowTurned',
        data: {
          epoch: 'e',
          settled: Array.from({ length: 100 }, (_none, index) =>
            index < 95
              ? ([index, 'sent'] as const)
              : ([index, 'failed', { reason: 'blocked' }] as const),
          ),
        },
      },
      { type: 'LaneCompleted', data: { order: 0, ...totals, stopped: 0 } },
    ];
    const completed: BroadcastEvent = {
      type: 'BroadcastCompleted',
      data: { broadcastId, order: 0, totals: { planned: 100, ...totals } },
    };
    const write = (stream: string, kind: string, events: readonly AnyEvent[], after = NO_STREAM) =>
      store.append(stream, after, recorded(broadcastId, kind, events, at(i)));
    const life = broadcastStream(broadcastId);
    await write(life, 'before', before);
    await write(audienceStream(broadcastId), 'plan', planOf(broadcastId));
    await write(life, 'frozen', [frozen], before.length - 1);
    await write(deliveryStream(broadcastId, 0), 'delivered', delivered);
    await write(life, 'completed', [completed], before.length);
  }
  await store.close();
  return ids;
};

const planOf = (broadcastId: string) => {
  const contactIds = Array.from(
    { length: 100 },
    (_none, i) => `bench${String(i).padStart(11, '0')}`,
  );
  const lane = { lane: 0, botId: BOTS[0], channel: 'telegram' };
  const scannedTo = contactIds[99] ?? '';
  return [
    { type: 'BatchPlanned', data: { broadcastId, ...lane, from: 0, contactIds, scannedTo } },
    {
      type: 'AudiencePlanned',
      data: {
        broadcastId,
        planned: 100,
        excluded: {},
        lanes: [{ ...lane, planned: 100, batches: [[0, 0]] }],
      },
    },
  ];
};

const recorded = (
  cause: string,
  kind: string,
  events: readonly AnyEvent[],
  recordedAt: string,
): NewEvent[] =>
  events.map((event, i) => ({
    id: derivedId(cause, kind, i),
    ...event,
    metadata: {
      schemaVersion: 1,
      correlationId: cause,
      causationId: cause,
      actor: 'bench',
      recordedAt,
    },
  }));

/** Bytes of all files of a folder, by name. */
export const sizes = async (data: string): Promise<Record<string, number>> => {
  const names = await readdir(data);
  const entries = await Promise.all(
    names.map(async (name) => [name, (await stat(join(data, name))).size] as const),
  );
  return Object.fromEntries(entries);
};
