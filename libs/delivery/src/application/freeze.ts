import type { AskedAudience, ContactDirectory, RoutingTable, ScanPage } from '@crier/audience';
import {
  audienceStream,
  BATCH_SIZE,
  type AudienceEvent,
  type Channel,
  type Excluded,
  type ExclusionReason,
  type LanePlan,
} from '@crier/contracts';
import {
  AppendOutcomeUnknown,
  ConcurrencyConflict,
  derivedId,
  freshId,
  NO_STREAM,
  type Clock,
  type EventStore,
} from '@crier/kernel';

const PAGE = 10_000;
const READ_PAGE = 500;

type Planned = Extract<AudienceEvent, { type: 'AudiencePlanned' }>['data'];
interface Lane {
  readonly lane: number;
  readonly botId: string;
  readonly channel: Channel;
  planned: number;
  readonly batches: (readonly [number, number])[];
}

export interface FreezeRequest {
  readonly broadcastId: string;
  /** With the people behind its behaviours: looked up once, for all pages. */
  readonly audience: AskedAudience;
  readonly routing: RoutingTable;
  /** The moment that conditions like "active within 7 days" count from. */
  readonly startedAt: string;
}

/**
 * Plans the audience page by page into `audience-<id>`: one page is one append over all lanes, so a restart goes on where the
 * stream ends, and nobody is dropped or planned twice. A rival is fenced by the revision; both then go on with the same plan.
 */
export class Freeze {
  readonly #deps: {
    readonly store: EventStore;
    readonly directory: ContactDirectory;
    readonly clock: Clock;
    readonly actor: string;
  };
  readonly #request: FreezeRequest;
  readonly #stream: string;
  readonly #epoch = freshId();
  readonly #lanes = new Map<string, Lane>();
  readonly #excluded: Partial<Record<ExclusionReason, number>> = {};
  #revision = NO_STREAM;
  #scannedTo: string | undefined;
  #planned: Planned | undefined;
  #decisions = 0;

  constructor(
    deps: { store: EventStore; directory: ContactDirectory; clock: Clock; actor: string },
    request: FreezeRequest,
  ) {
    this.#deps = deps;
    this.#request = request;
    this.#stream = audienceStream(request.broadcastId);
  }

  /** @throws Unavailable; call again then: it goes on */
  async run(): Promise<Planned> {
    await this.#catchUp();
    while (!this.#planned) {
      const { audience, routing, startedAt } = this.#request;
      const page = await this.#deps.directory.scan(audience, routing, {
        after: this.#scannedTo,
        limit: PAGE,
        now: startedAt,
      });
      const events = this.#eventsOf(page);
      if (page.done) events.push(this.#conclusion(events, page));
      if (events.length > 0) await this.#append(events);
    }
    return this.#planned;
  }

  #eventsOf(page: ScanPage): AudienceEvent[] {
    const { broadcastId, routing } = this.#request;
    const scannedTo = page.scannedTo;
    if (scannedTo === undefined) return [];
    const byBot = new Map<string, string[]>();
    page.contactIds.forEach((contactId, i) => {
      const botId = page.botIds[i] ?? '';
      const group = byBot.get(botId);
      if (group) group.push(contactId);
      else byBot.set(botId, [contactId]);
    });
    const events: AudienceEvent[] = [];
    let lanes = this.#lanes.size;
    for (const [botId, contacts] of byBot) {
      const known = this.#lanes.get(botId);
      const lane = known?.lane ?? lanes++;
      const start = known?.planned ?? 0;
      for (let i = 0; i < contacts.length; i += BATCH_SIZE) {
        const contactIds = contacts.slice(i, i + BATCH_SIZE);
        const channel = routing.bots[botId] ?? '';
        events.push({
          type: 'BatchPlanned',
          data: { broadcastId, lane, botId, channel, from: start + i, contactIds, scannedTo },
        });
      }
    }
    const hasExcluded = Object.keys(page.excluded).length > 0;
    return hasExcluded || events.length === 0
      ? [
          { type: 'PageScanned', data: { broadcastId, scannedTo, excluded: page.excluded } },
          ...events,
        ]
      : events;
  }

  /** The last event, as it will be after the page before it. */
  #conclusion(page: readonly AudienceEvent[], { excluded }: ScanPage): AudienceEvent {
    const lanes = new Map(
      [...this.#lanes].map(([botId, lane]) => [botId, { ...lane, batches: [...lane.batches] }]),
    );
    page.forEach((event, i) => {
      note(lanes, event, this.#revision + 1 + i);
    });
    const plans: LanePlan[] = [...lanes.values()];
    const planned = plans.reduce((sum, lane) => sum + lane.planned, 0);
    const all = added(this.#excluded, excluded);
    return {
      type: 'AudiencePlanned',
      data: { broadcastId: this.#request.broadcastId, planned, excluded: all, lanes: plans },
    };
  }

  async #append(events: readonly AudienceEvent[]): Promise<void> {
    this.#decisions += 1;
    const { broadcastId } = this.#request;
    const metadata = {
      schemaVersion: 1,
      correlationId: broadcastId,
      causationId: broadcastId,
      actor: this.#deps.actor,
      recordedAt: this.#deps.clock.now(),
    };
    const stored = events.map((event, k) => ({
      id: derivedId(this.#epoch, this.#decisions, k),
      ...event,
      metadata,
    }));
    for (;;) {
      try {
        await this.#deps.store.append(this.#stream, this.#revision, stored);
        break;
      } catch (error) {
        if (error instanceof ConcurrencyConflict) return this.#catchUp();
        if (!(error instanceof AppendOutcomeUnknown)) throw error;
      }
    }
    for (const event of events) this.#apply(event);
  }

  async #catchUp(): Promise<void> {
    for (;;) {
      const page = await this.#deps.store.read(this.#stream, {
        from: this.#revision + 1,
        max: READ_PAGE,
      });
      for (const { type, data } of page) this.#apply({ type, data } as AudienceEvent);
      if (page.length < READ_PAGE) return;
    }
  }

  #apply(event: AudienceEvent): void {
    this.#revision += 1;
    note(this.#lanes, event, this.#revision);
    if (event.type === 'AudiencePlanned') this.#planned = event.data;
    else this.#scannedTo = event.data.scannedTo;
    if (event.type === 'PageScanned')
      Object.assign(this.#excluded, added(this.#excluded, event.data.excluded));
  }
}

const note = (lanes: Map<string, Lane>, event: AudienceEvent, revision: number): void => {
  if (event.type !== 'BatchPlanned') return;
  const { lane, botId, channel, from, contactIds } = event.data;
  const known = lanes.get(botId) ?? { lane, botId, channel, planned: 0, batches: [] };
  known.planned += contactIds.length;
  known.batches.push([revision, from]);
  lanes.set(botId, known);
};

const added = (a: Excluded, b: Excluded): Excluded => {
  const sum: Partial<Record<ExclusionReason, number>> = { ...a };
  for (const [reason, count] of Object.entries(b) as [ExclusionReason, number][])
    sum[reason] = (sum[reason] ?? 0) + count;
  return sum;
};
