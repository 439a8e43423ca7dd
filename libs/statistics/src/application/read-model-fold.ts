import {
  laneOfStream,
  type AudienceEvent,
  type BroadcastEvent,
  type DeliveryEvent,
  type OrderEvent,
  type ReceiptsEvent,
} from '@crier/contracts';
import { upcaster, type Recorded, type StoredEvent, type Steps } from '@crier/kernel';
import type { Mailing } from '../domain/mailing.ts';
import type { MailingEvent, ToldDelivery } from '../domain/mailing-events.ts';
import { mailingProjection } from '../domain/mailing.projection.ts';
import { Moves } from '../domain/moves.ts';
import { RecipientPage } from '../domain/recipient-page.ts';
import { hourOf, type Tick } from '../domain/timeline.ts';
import { UnknownEventType } from './errors.ts';
import type { LaneFile } from './lane-file.ts';
import { foldIntoPages, indexesOf, tickOf } from './lane-folding.ts';
import type { Changes, GenerationTables } from './read-model-writer.ts';
import { WorkingSet } from './working-set.ts';

type FoldedEvent = BroadcastEvent | AudienceEvent | DeliveryEvent | ReceiptsEvent | OrderEvent;

type Credited = Extract<OrderEvent, { readonly type: 'OrderCredited' }>;

/** A stored event is what its type says it is: the only place that believes it. */
const asEvent = ({ type, data }: StoredEvent): FoldedEvent => ({ type, data }) as FoldedEvent;

/** Folds events into every read model at once, in memory; what changed is fetched with {@link changes}. */
export class ReadModelFold {
  readonly #set: WorkingSet;
  readonly #lift: (stored: StoredEvent) => StoredEvent;

  constructor(tables: GenerationTables, steps: Steps = {}) {
    this.#set = new WorkingSet(tables);
    this.#lift = upcaster(steps);
  }

  /**
   * One more event. After an error this fold is spoilt.
   * @throws UnknownEventType, UnknownSchemaVersion, IllegalHistory; Unavailable from the tables
   */
  async fold(stored: StoredEvent): Promise<void> {
    const lifted = this.#lift(stored);
    const event = asEvent(lifted);
    switch (event.type) {
      case 'PageScanned':
        return;
      case 'BatchPlanned':
        return this.#plan(event.data);
      case 'LanePrepared':
      case 'WindowTurned':
      case 'OutcomeLearned':
      case 'LaneReopened':
      case 'LaneCompleted':
        return this.#deliver(lifted, event);
      case 'ReceiptsRecorded':
        await this.#receive(lifted, event);
        return;
      case 'OrderCredited':
        return this.#credit(lifted, event);
      default:
        await this.#advance(lifted, event);
    }
  }

  changes(): Changes {
    return this.#set.changes();
  }

  /** The changes are stored: from here on new ones are gathered. */
  stored(): void {
    this.#set.stored();
  }

  async #plan(data: Extract<AudienceEvent, { type: 'BatchPlanned' }>['data']): Promise<void> {
    const lane = await this.#set.lane(data);
    this.#set.plan(lane, new RecipientPage(data.from, data.contactIds.length), data.contactIds);
  }

  async #deliver(stored: StoredEvent, event: DeliveryEvent): Promise<void> {
    const place = laneOfStream(stored.stream);
    if (!place) throw unknown(stored);
    const lane = await this.#set.lane(place);
    const mailing = await this.#set.mailing(place.broadcastId);
    const given = indexesOf(event, mailing.lanes[place.lane]);
    await this.#set.openPages(lane, given);
    const moved = new Moves();
    foldIntoPages(event, { lane, at: secondsOf(stored), moves: moved, given });
    const told = { type: event.type, data: { ...event.data, ...place, moved } } as ToldDelivery;
    await this.#advance(stored, told);
    await this.#tick(place.broadcastId, stored, tickOf(event, moved));
  }

  async #receive(stored: StoredEvent, event: ReceiptsEvent): Promise<void> {
    const { broadcastId, receipts } = event.data;
    const lane: LaneFile = await this.#set.lane(event.data);
    await this.#set.openPages(
      lane,
      receipts.map(({ index }) => index),
    );
    for (const receipt of receipts) lane.page(receipt.index).receive(receipt);
    await this.#advance(stored, event);
    const clicks = receipts.filter(({ kind }) => kind === 'clicked').length;
    await this.#tick(broadcastId, stored, { clicks });
  }

  /** An order whose button was one person's own is that person's: their page tells it too. */
  async #credit(stored: StoredEvent, event: Credited): Promise<void> {
    const { index, button, at } = event.data;
    if (index !== undefined) {
      const lane = await this.#set.lane(event.data);
      await this.#set.openPages(lane, [index]);
      lane.page(index).receive({ index, kind: 'ordered', button, at });
    }
    await this.#advance(stored, event);
  }

  /** The mailing one event on. */
  async #advance(stored: StoredEvent, event: MailingEvent): Promise<void> {
    const handler = Object.hasOwn(mailingProjection.on, event.type)
      ? mailingProjection.on[event.type]
      : undefined;
    if (!handler) throw unknown(stored);
    const recorded: Recorded<MailingEvent> = { ...stored, event };
    const broadcastId = mailingProjection.keyOf(recorded);
    const before = await this.#set.mailing(broadcastId);
    const after = (handler as (mailing: Mailing, of: Recorded<MailingEvent>) => Mailing | null)(
      before,
      recorded,
    );
    if (after) this.#set.put(after, broadcastId);
    if (event.type === 'AudienceFrozen') this.#set.freeze({ broadcastId, lanes: event.data.lanes });
  }

  async #tick(broadcastId: string, { metadata }: StoredEvent, added: Tick): Promise<void> {
    if (!Object.values(added).some((count) => count > 0)) return;
    const hour = hourOf(metadata.recordedAt);
    await this.#set.openHour(broadcastId, hour);
    this.#set.tick(broadcastId, hour, metadata.recordedAt, added);
  }
}

const secondsOf = ({ metadata }: StoredEvent): number =>
  Math.floor(Date.parse(metadata.recordedAt) / 1000);

const unknown = ({ stream, revision, type }: StoredEvent): UnknownEventType =>
  new UnknownEventType(`Events of type ${type} are not known here`, { stream, revision, type });
