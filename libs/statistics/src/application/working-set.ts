import { NO_MAILING, type Mailing } from '../domain/mailing.ts';
import type { RecipientPage } from '../domain/recipient-page.ts';
import { tick, type Tick, type TimelineHour } from '../domain/timeline.ts';
import { LaneFile, type OpenPage } from './lane-file.ts';
import type {
  Changes,
  FrozenAudience,
  GenerationTables,
  PagePlace,
  PlannedBatch,
} from './read-model-writer.ts';
import { Recent } from './recent.ts';

const MOST_MAILINGS = 64;
const MOST_HOURS = 128;
const MOST_LANES = 512;
/** Seven bytes a recipient: about 14 MB. */
const MOST_PAGES = 4_000;

const laneKey = ({ broadcastId, lane }: PagePlace): string => `${broadcastId}/${lane}`;
const hourKey = (broadcastId: string, hour: string): string => `${broadcastId}/${hour}`;

/** The documents and pages at hand while events are folded: read once, written once for many events. */
export class WorkingSet {
  readonly #tables: GenerationTables;
  readonly #mailings = new Recent<Mailing>(MOST_MAILINGS);
  readonly #hours = new Recent<TimelineHour>(MOST_HOURS);
  readonly #lanes = new Recent<LaneFile>(MOST_LANES);
  readonly #pages = new Recent<OpenPage>(MOST_PAGES);
  #batches: PlannedBatch[] = [];
  #frozen: FrozenAudience[] = [];

  constructor(tables: GenerationTables) {
    this.#tables = tables;
  }

  /** Brings a mailing to hand; an unknown one is the empty one. */
  async mailing(broadcastId: string): Promise<Mailing> {
    const known = this.#mailings.get(broadcastId);
    if (known) return known;
    const mailing = (await this.#tables.mailing(broadcastId)) ?? NO_MAILING;
    this.#mailings.put(broadcastId, mailing);
    return mailing;
  }

  async openHour(broadcastId: string, hour: string): Promise<void> {
    const key = hourKey(broadcastId, hour);
    if (this.#hours.has(key)) return;
    const stored = await this.#tables.hour(broadcastId, hour);
    this.#hours.put(key, stored ?? { broadcastId, hour, minutes: [] });
  }

  async lane(place: PagePlace): Promise<LaneFile> {
    const known = this.#lanes.get(laneKey(place));
    if (known) return known;
    const lane = new LaneFile(place, await this.#tables.lane(place), this.#pages);
    this.#lanes.put(laneKey(place), lane);
    return lane;
  }

  async openPages(lane: LaneFile, indexes: Iterable<number> | 'all'): Promise<void> {
    const missing = lane.missing(indexes);
    if (missing.length === 0) return;
    for (const page of await this.#tables.pages(lane, missing)) lane.put(page);
  }

  put(mailing: Mailing, broadcastId: string): void {
    this.#mailings.put(broadcastId, mailing);
    this.#mailings.touch(broadcastId);
  }

  plan(lane: LaneFile, page: RecipientPage, contactIds: readonly string[]): void {
    lane.add(page);
    const { broadcastId } = lane;
    this.#batches.push({ broadcastId, lane: lane.lane, from: page.from, contactIds });
  }

  freeze(audience: FrozenAudience): void {
    this.#frozen.push(audience);
  }

  tick(broadcastId: string, hour: string, at: string, added: Tick): void {
    const key = hourKey(broadcastId, hour);
    const known = this.#hours.get(key) ?? { broadcastId, hour, minutes: [] };
    this.#hours.put(key, tick(known, at, added));
    this.#hours.touch(key);
  }

  changes(): Changes {
    return {
      batches: this.#batches,
      frozen: this.#frozen,
      pages: this.#pages.changed(),
      hours: this.#hours.changed(),
      mailings: this.#mailings.changed(),
    };
  }

  /** The changes are stored. */
  stored(): void {
    this.#batches = [];
    this.#frozen = [];
    for (const { broadcastId, lane } of this.#pages.changed())
      this.#lanes.get(laneKey({ broadcastId, lane }))?.forget();
    for (const recent of [this.#mailings, this.#hours, this.#lanes, this.#pages]) recent.stored();
  }
}
