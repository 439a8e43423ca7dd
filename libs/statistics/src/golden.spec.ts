import type { StoredEvent } from '@crier/kernel';
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ReadModelFold } from './application/read-model-fold.ts';
import { EmptyGeneration } from './testing/empty-generation.ts';
import { seen } from './testing/given.ts';

const FOLDER = new URL('../../contracts/src/golden/', import.meta.url);

type Golden = Omit<StoredEvent, 'id' | 'revision' | 'position'>;

const golden = (type: string): Golden =>
  JSON.parse(readFileSync(new URL(`${type}.v1.json`, FOLDER), 'utf8')) as Golden;

/** The last recipient, whom the golden window opened, gets an outcome too. */
const lastSettled: Golden = {
  ...golden('WindowTurned'),
  data: { epoch: 'e', settled: [[3, 'skipped', { reason: 'blocked' }]] },
};

/** An order in which every golden event is legal. */
const story: readonly (string | Golden)[] = [
  'BroadcastDrafted',
  'BroadcastRenamed',
  'MessageComposed',
  'AudienceChosen',
  'DeliveryConfigured',
  'BroadcastScheduled',
  'ScheduleCancelled',
  'BroadcastStarted',
  'PageScanned',
  'BatchPlanned',
  'AudiencePlanned',
  'AudienceFrozen',
  'BroadcastHeld',
  'BroadcastResumed',
  'LaneHeld',
  'LaneResumed',
  'LanePrepared',
  'WindowTurned',
  'ReceiptsRecorded',
  'OrderCredited',
  'SaleRecorded',
  'SaleRefunded',
  lastSettled,
  'OutcomeLearned',
  'LaneCompleted',
  'RetryRequested',
  'LaneReopened',
  'BroadcastStopped',
  'BroadcastCompleted',
  'BroadcastDeleted',
];

describe('golden events', () => {
  it('are there for every type in the story, and no others', () => {
    const files = readdirSync(fileURLToPath(FOLDER)).map((file) => file.replace('.v1.json', ''));
    const types = story.filter((entry) => typeof entry === 'string');
    expect(files.toSorted()).toEqual(types.toSorted());
  });

  it('all fold without error', async () => {
    const fold = new ReadModelFold(new EmptyGeneration());
    const heads = new Map<string, number>();
    for (const [index, entry] of story.entries()) {
      const event = typeof entry === 'string' ? golden(entry) : entry;
      const revision = (heads.get(event.stream) ?? -1) + 1;
      heads.set(event.stream, revision);
      await fold.fold({ ...event, id: String(index), revision, position: String(index + 1) });
    }
    expect(seen(fold).row).toMatchObject({
      status: 'deleted',
      planned: 4,
      sent: 2,
      failed: 0,
      skipped: 1,
      waiting: 1,
      delivered: 1,
      opened: 0,
      clickedLink: 1,
      orders: 1,
      sales: 1,
    });
    expect(seen(fold).report.revenue).toEqual([{ currency: 'EUR', amount: 2_490, refunded: 490 }]);
  });
});
