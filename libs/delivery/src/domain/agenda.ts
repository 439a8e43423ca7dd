import {
  DEFAULT_AUDIENCE,
  type Audience,
  type BroadcastEvent,
  type Channel,
  type DeliveryEvent,
  type MessageContent,
  type Totals,
} from '@crier/contracts';

/** One lane as the scheduler sees it. */
export interface AgendaLane {
  readonly lane: number;
  readonly botId: string;
  readonly channel: Channel;
  readonly planned: number;
  readonly held: boolean;
  /** Nothing waits there now. */
  readonly completed: boolean;
  /** Of the newest LaneCompleted. */
  readonly order: number;
  readonly totals: Omit<Totals, 'planned'>;
}

/** What the scheduler has to know of a broadcast that is scheduled or under way. */
export interface AgendaEntry {
  readonly broadcastId: string;
  readonly phase: 'draft' | 'scheduled' | 'preparing' | 'sending' | 'stopped' | 'closed';
  readonly revision: number;
  readonly dueAt: string;
  readonly scheduledAt: number;
  readonly startedAt: string;
  readonly stoppedAt: string;
  readonly held: boolean;
  readonly speed: number;
  readonly content: MessageContent | undefined;
  readonly audience: Audience;
  readonly lanes: readonly AgendaLane[];
  readonly orders: number;
  /** The trace of what opened it: the schedule, or a retry. */
  readonly trace?: string;
}

export const newEntry = (broadcastId: string): AgendaEntry => ({
  broadcastId,
  phase: 'draft',
  revision: -1,
  dueAt: '',
  scheduledAt: -1,
  startedAt: '',
  stoppedAt: '',
  held: false,
  speed: 25,
  content: undefined,
  audience: DEFAULT_AUDIENCE,
  lanes: [],
  orders: 0,
});

const NOTHING = { sent: 0, failed: 0, skipped: 0, unconfirmed: 0 };

const withLane = (
  entry: AgendaEntry,
  lane: number,
  change: Partial<AgendaLane>,
): Partial<AgendaEntry> => ({
  lanes: entry.lanes.map((known) => (known.lane === lane ? { ...known, ...change } : known)),
});

const stepsOf = (
  entry: AgendaEntry,
  event: BroadcastEvent,
  revision: number,
): Partial<AgendaEntry> => {
  switch (event.type) {
    case 'MessageComposed':
      return { content: event.data.content };
    case 'AudienceChosen':
      return { audience: event.data.audience };
    case 'DeliveryConfigured':
      return { speed: event.data.speed };
    case 'BroadcastScheduled':
      return { phase: 'scheduled', dueAt: event.data.instant, scheduledAt: revision };
    case 'ScheduleCancelled':
      return { phase: 'draft', held: false };
    case 'BroadcastStarted':
      return { phase: 'preparing', startedAt: event.data.startedAt, held: false };
    case 'AudienceFrozen':
      return {
        phase: 'sending',
        lanes: event.data.lanes.map((lane) => ({
          ...lane,
          held: false,
          completed: false,
          order: -1,
          totals: NOTHING,
        })),
      };
    default:
      return lifeOf(entry, event);
  }
};

const lifeOf = (entry: AgendaEntry, event: BroadcastEvent): Partial<AgendaEntry> => {
  switch (event.type) {
    case 'BroadcastHeld':
      return { held: true };
    case 'BroadcastResumed':
      return { held: false };
    case 'LaneHeld':
      return withLane(entry, event.data.lane, { held: true });
    case 'LaneResumed':
      return withLane(entry, event.data.lane, { held: false });
    case 'BroadcastStopped':
      return { phase: 'stopped' };
    case 'RetryRequested':
      return { phase: 'sending', orders: event.data.order };
    case 'BroadcastCompleted':
    case 'BroadcastDeleted':
      return { phase: 'closed' };
    default:
      return {};
  }
};

/** The entry after one event of `broadcast-<id>`; a known revision changes nothing. */
export const afterBroadcastEvent = (
  entry: AgendaEntry,
  event: BroadcastEvent,
  revision: number,
  at: string,
): AgendaEntry => {
  if (revision <= entry.revision) return entry;
  const next = { ...entry, ...stepsOf(entry, event, revision), revision };
  return event.type === 'BroadcastStopped' ? { ...next, stoppedAt: at } : next;
};

/** The entry after one event of a lane. */
export const afterLaneEvent = (
  entry: AgendaEntry,
  lane: number,
  event: DeliveryEvent,
): AgendaEntry => {
  if (event.type === 'LaneReopened')
    return { ...entry, ...withLane(entry, lane, { completed: false }) };
  if (event.type !== 'LaneCompleted') return entry;
  const { order, sent, failed, skipped, unconfirmed } = event.data;
  return {
    ...entry,
    ...withLane(entry, lane, {
      completed: true,
      order,
      totals: { sent, failed, skipped, unconfirmed },
    }),
  };
};

/** Late starts are held and ask (P9). */
export const LATE_MS = 15 * 60_000;
/** After a stop no lane takes up a further order once everybody has heard of it. */
const STOP_HEARD_MS = 5_000;

/** What the scheduler does next about a broadcast; nothing where it has to wait. */
export type NextStep = 'start' | 'hold_late' | 'freeze' | 'complete' | 'nothing';

const lanesAreThrough = (
  { lanes, orders, phase, stoppedAt }: AgendaEntry,
  now: string,
): boolean => {
  if (!lanes.every(({ completed }) => completed)) return false;
  if (lanes.every(({ order }) => order === orders)) return true;
  return phase === 'stopped' && Date.parse(now) - Date.parse(stoppedAt) > STOP_HEARD_MS;
};

export const nextStep = (entry: AgendaEntry, now: string): NextStep => {
  switch (entry.phase) {
    case 'scheduled':
      if (entry.held || entry.dueAt > now) return 'nothing';
      return Date.parse(now) - Date.parse(entry.dueAt) > LATE_MS ? 'hold_late' : 'start';
    case 'preparing':
      return 'freeze';
    case 'sending':
    case 'stopped':
      if (entry.phase === 'stopped' && entry.lanes.length === 0) return 'nothing';
      return lanesAreThrough(entry, now) ? 'complete' : 'nothing';
    case 'draft':
    case 'closed':
      return 'nothing';
  }
};

/** Nothing of it is the scheduler's business any more. */
export const isOver = ({ phase, lanes }: AgendaEntry): boolean =>
  phase === 'closed' || phase === 'draft' || (phase === 'stopped' && lanes.length === 0);

export const totalsOf = ({ lanes }: AgendaEntry): Totals =>
  lanes.reduce<Totals>(
    (sum, { planned, totals }) => ({
      planned: sum.planned + planned,
      sent: sum.sent + totals.sent,
      failed: sum.failed + totals.failed,
      skipped: sum.skipped + totals.skipped,
      unconfirmed: sum.unconfirmed + totals.unconfirmed,
    }),
    { planned: 0, ...NOTHING },
  );
