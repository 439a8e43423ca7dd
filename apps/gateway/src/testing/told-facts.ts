import { audienceStream, broadcastStream, deliveryStream, receiptsStream } from '@crier/contracts';
import { freshId, NO_STREAM } from '@crier/kernel';
import { setTimeout as delay } from 'node:timers/promises';
import type { GatewayWorld } from './gateway-world.ts';
import type { Shown } from './reply.ts';

type Fact = readonly [type: string, data: object];

/** Stores facts behind the head of a stream, as another app would. */
export const tell = async (
  world: GatewayWorld,
  stream: string,
  facts: readonly Fact[],
): Promise<void> => {
  const metadata = {
    schemaVersion: 1,
    correlationId: 'c',
    causationId: 'c',
    actor: 'test',
    recordedAt: new Date().toISOString(),
  };
  const head = (await world.store.last(stream))?.revision ?? NO_STREAM;
  await world.store.append(
    stream,
    head,
    facts.map(([type, data]) => ({ id: freshId(), type, data, metadata })),
  );
};

const placeholders = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `contact${n}`.padEnd(16, 'x'));

/** Starts a draft, plans and freezes its audience: these people, or so many, in one lane of the bot `tg`. */
export const freeze = async (
  world: GatewayWorld,
  { id: broadcastId }: Pick<Shown, 'id'>,
  people: number | readonly string[] = 1,
): Promise<void> => {
  const contactIds = typeof people === 'number' ? placeholders(people) : people;
  const at = new Date().toISOString();
  const planned = contactIds.length;
  const lane = { lane: 0, botId: 'tg', channel: 'telegram' };
  const lanes = [{ ...lane, planned }];
  const batch = { broadcastId, ...lane, from: 0, contactIds, scannedTo: contactIds.at(-1) };
  await tell(world, broadcastStream(broadcastId), [
    ['BroadcastScheduled', { broadcastId, start: { mode: 'now' }, instant: at }],
    ['BroadcastStarted', { broadcastId, startedAt: at }],
  ]);
  await tell(world, audienceStream(broadcastId), [
    ['BatchPlanned', batch],
    [
      'AudiencePlanned',
      { broadcastId, planned, excluded: {}, lanes: [{ ...lane, planned, batches: [[0, 0]] }] },
    ],
  ]);
  await tell(world, broadcastStream(broadcastId), [
    ['AudienceFrozen', { broadcastId, planned, lanes, excluded: {} }],
  ]);
};

/** What became of a broadcast through the bot `tg`: sent to all of these, and clicked by some (button by index). */
export const sentThrough = async (
  world: GatewayWorld,
  draft: Pick<Shown, 'id'>,
  contactIds: readonly string[],
  clicks: readonly (readonly [index: number, button: number])[] = [],
): Promise<void> => {
  const { id: broadcastId } = draft;
  await freeze(world, draft, contactIds);
  const at = new Date().toISOString();
  const receipts = clicks.map(([index, button]) => ({
    index,
    kind: 'clicked',
    button,
    at,
    dedupe: `${index}`,
    first: true,
  }));
  await tell(world, deliveryStream(broadcastId, 0), [
    ['WindowTurned', { epoch: 'e', settled: contactIds.map((_, index) => [index, 'sent']) }],
  ]);
  await tell(world, receiptsStream(broadcastId, 0, 0), [
    ['ReceiptsRecorded', { broadcastId, lane: 0, receipts, source: { partition: 0, offset: '1' } }],
  ]);
  await untilFolded(world);
};

/** Resolves when the read models hold everything that is stored. */
export const untilFolded = async ({ store, readModels }: GatewayWorld): Promise<void> => {
  const head = await store.head();
  while ((await readModels.progress())[0]?.position !== head) await delay(5);
};
