import {
  audienceStream,
  broadcastStream,
  deliveryStream,
  receiptsStream,
  SHARD_SIZE,
  type AudienceEvent,
  type BroadcastEvent,
  type DeliveryEvent,
  type Receipt,
  type ReceiptsEvent,
} from '@crier/contracts';
import type { EventStore, StoredEvent } from '@crier/kernel';
import type { BroadcastReport, RecipientRow } from './documents.ts';
import { LaneProof } from './lane-proof.ts';
import { Differences } from './differences.ts';
import type { OrderProof } from './order-proof.ts';
import type { ReadModels } from './read-models.ts';

export interface ProofDeps {
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly orders: OrderProof;
}

type Planned = Extract<AudienceEvent, { type: 'AudiencePlanned' }>['data'];
type Frozen = Extract<BroadcastEvent, { type: 'AudienceFrozen' }>['data'];
type Completed = Extract<BroadcastEvent, { type: 'BroadcastCompleted' }>['data'];

const READ_PAGE = 200;
const RECIPIENTS_PAGE = 500;
const OUTCOMES = ['sent', 'failed', 'skipped', 'unconfirmed'] as const;

/** One broadcast from its events alone, against its read models. */
export class BroadcastProof {
  readonly #id: string;
  readonly #store: EventStore;
  readonly #readModels: ReadModels;
  readonly #orders: OrderProof;
  readonly #found = new Differences();
  readonly #totals = { sent: 0, failed: 0, skipped: 0, unconfirmed: 0 };
  readonly #reasons = new Map<string, number>();
  readonly #told: LaneProof['told'][] = [];
  readonly #people = { delivered: 0, opened: 0 };

  constructor(id: string, { store, readModels, orders }: ProofDeps) {
    this.#id = id;
    this.#store = store;
    this.#readModels = readModels;
    this.#orders = orders;
  }

  /** In words; none where all is well. @throws Unavailable */
  async differences(): Promise<readonly string[]> {
    const life = await this.#read(broadcastStream(this.#id));
    const frozen = newest(life, 'AudienceFrozen') as Frozen | undefined;
    const deleted = life.some(({ type }) => type === 'BroadcastDeleted');
    const report = await this.#readModels.report(this.#id);
    if (!deleted && !report) return ['the report is missing'];
    if (deleted && report) return ['it was deleted, yet there is a report'];
    if (report) this.#found.compare('revision', life.length - 1, report.row.revision);
    if (frozen) await this.#proveLanes(frozen, report);
    this.#proveTotals(frozen?.planned ?? 0, report);
    if (report) this.#orders.prove(report, this.#found);
    this.#proveCompletion(newest(life, 'BroadcastCompleted') as Completed | undefined);
    return this.#found.all;
  }

  async #proveLanes(frozen: Frozen, report: BroadcastReport | undefined): Promise<void> {
    const last = await this.#store.last(audienceStream(this.#id));
    const planned = last?.type === 'AudiencePlanned' ? (last.data as Planned) : undefined;
    if (!planned) {
      this.#found.add('the audience was frozen, yet its plan has no end');
      return;
    }
    this.#found.compare('planned of the plan', frozen.planned, planned.planned);
    for (const plan of planned.lanes) {
      const proof = await this.#fold(plan.lane, plan.planned);
      if (!proof) continue;
      this.#proveLane(plan, proof, report);
      await this.#proveRecipients(plan, proof);
      await this.#countReceipts(plan);
    }
  }

  async #fold(lane: number, planned: number): Promise<LaneProof | undefined> {
    const proof = new LaneProof(planned);
    const stream = deliveryStream(this.#id, lane);
    for await (const stored of this.#walk(stream))
      try {
        proof.apply({ type: stored.type, data: stored.data } as DeliveryEvent);
      } catch (error) {
        this.#found.add(`${stream}@${stored.revision}: ${String(error)}`);
        return undefined;
      }
    return proof;
  }

  #proveLane(
    { lane, planned }: Planned['lanes'][number],
    proof: LaneProof,
    report: BroadcastReport | undefined,
  ): void {
    const counts = proof.counts();
    this.#told.push(proof.told);
    for (const outcome of OUTCOMES) this.#totals[outcome] += counts[outcome];
    const read = report?.lanes[lane];
    if (!report) return;
    this.#found.compare(`lane ${lane}: planned`, planned, read?.planned);
    for (const outcome of OUTCOMES)
      this.#found.compare(`lane ${lane}: ${outcome}`, counts[outcome], read?.[outcome]);
  }

  /** Every recipient of the lane: the right person, outcome and reason; and the orders of all of them. */
  async #proveRecipients(plan: Planned['lanes'][number], proof: LaneProof): Promise<void> {
    let index = 0;
    let orders = 0;
    const read = this.#recipients(plan.lane);
    for (const [revision] of plan.batches) {
      const [batch] = await this.#store.read(audienceStream(this.#id), { from: revision, max: 1 });
      const data = batch?.data as Extract<AudienceEvent, { type: 'BatchPlanned' }>['data'];
      for (const contactId of data.contactIds) {
        const { value } = await read.next();
        const told = [contactId, proof.outcome(index), proof.reason(index) ?? null].join('/');
        const shown = value ? [value.contactId, value.outcome, value.reason].join('/') : undefined;
        this.#found.compare(`recipient ${plan.lane}/${index}`, told, shown);
        this.#countReason(proof, index);
        orders += value ? ordersOf(value) : 0;
        index += 1;
      }
    }
    this.#found.compare(`lane ${plan.lane}: recipients in the plan`, plan.planned, index);
    this.#found.compare(
      `lane ${plan.lane}: orders of recipients`,
      this.#orders.namedIn(this.#id, plan.lane),
      orders,
    );
    const { done } = await read.next();
    if (done !== true) this.#found.add(`lane ${plan.lane}: more recipients than were planned`);
  }

  #countReason(proof: LaneProof, index: number): void {
    const outcome = proof.outcome(index);
    if (outcome === 'waiting' || outcome === 'sent') return;
    const key = `${outcome}/${proof.reason(index) ?? 'unspecified'}`;
    this.#reasons.set(key, (this.#reasons.get(key) ?? 0) + 1);
  }

  async #countReceipts({ lane, planned }: Planned['lanes'][number]): Promise<void> {
    for (let shard = 0; shard * SHARD_SIZE < planned; shard += 1)
      for await (const { data } of this.#walk(receiptsStream(this.#id, lane, shard)))
        this.#countPeople((data as ReceiptsEvent['data']).receipts);
  }

  #countPeople(receipts: readonly Receipt[]): void {
    for (const { kind, first } of receipts)
      if (first === true && kind !== 'clicked') this.#people[kind] += 1;
  }

  #proveTotals(planned: number, report: BroadcastReport | undefined): void {
    if (!report) return;
    const { row } = report;
    this.#found.compare('planned', planned, row.planned);
    for (const outcome of OUTCOMES)
      this.#found.compare(outcome, this.#totals[outcome], row[outcome]);
    const settled = OUTCOMES.reduce((sum, outcome) => sum + this.#totals[outcome], 0);
    this.#found.compare('waiting', planned - settled, row.waiting);
    this.#found.compare('delivered', this.#people.delivered, row.delivered ?? 0);
    this.#found.compare('opened', this.#people.opened, row.opened ?? 0);
    const shown = Object.entries(report.reasons).flatMap(([outcome, reasons]) =>
      Object.entries(reasons).map(([reason, count]) => `${outcome}/${reason}=${count}`),
    );
    const told = [...this.#reasons].map(([key, count]) => `${key}=${count}`);
    this.#found.compare('reasons', told.sort().join(), shown.sort().join());
  }

  /** A completion repeats what its lanes told when they were done with its order. */
  #proveCompletion(completed: Completed | undefined): void {
    if (!completed) return;
    const { order } = completed;
    if (this.#told.some((told) => told === undefined || told.order < order))
      this.#found.add(`completed for order ${order}, yet a lane was not done with it`);
    if (this.#told.some((told) => told?.order !== order)) return; // not, or no longer, of this order
    for (const outcome of OUTCOMES) {
      const told = this.#told.reduce((sum, lane) => sum + (lane?.totals[outcome] ?? 0), 0);
      this.#found.compare(`completed: ${outcome}`, told, completed.totals[outcome]);
    }
  }

  async *#recipients(lane: number) {
    let after: string | undefined;
    do {
      const page = await this.#readModels.recipients(this.#id, {
        lane,
        limit: RECIPIENTS_PAGE,
        ...(after === undefined ? {} : { after }),
      });
      yield* page.items;
      after = page.next;
    } while (after !== undefined);
  }

  async #read(stream: string): Promise<readonly StoredEvent[]> {
    const all: StoredEvent[] = [];
    for await (const stored of this.#walk(stream)) all.push(stored);
    return all;
  }

  async *#walk(stream: string): AsyncGenerator<StoredEvent> {
    for (let from = 0; ; from += READ_PAGE) {
      const page = await this.#store.read(stream, { from, max: READ_PAGE });
      yield* page;
      if (page.length < READ_PAGE) return;
    }
  }
}

const ordersOf = ({ receipts }: RecipientRow): number =>
  receipts.reduce((sum, { kind, count }) => sum + (kind === 'ordered' ? count : 0), 0);

/** The data of the newest event of a type: believed to be what the type says. */
const newest = (life: readonly StoredEvent[], type: string): unknown =>
  life.findLast((stored) => stored.type === type)?.data;
