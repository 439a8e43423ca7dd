import type { BroadcastEvent } from '@crier/contracts';
import { IllegalHistory, type Handlers, type Recorded } from '@crier/kernel';
import type { HistoryEntry } from '../application/documents.ts';
import type { Mailing } from './mailing.ts';

type Change<Type extends BroadcastEvent['type']> = (
  mailing: Mailing,
  data: Extract<BroadcastEvent, { readonly type: Type }>['data'],
  recorded: Recorded<BroadcastEvent>,
) => Partial<Mailing>;

const changes: { readonly [Type in BroadcastEvent['type']]: Change<Type> } = {
  BroadcastDrafted: (_, { broadcastId, name, copyOf }, { metadata }) => ({
    id: broadcastId,
    name,
    copyOf: copyOf ?? null,
    createdAt: metadata.recordedAt,
  }),
  BroadcastRenamed: (_, { name }) => ({ name }),
  MessageComposed: (_, { content, contentRevision }, { metadata }) => ({
    message: content,
    contentRevision,
    composed: { at: metadata.recordedAt, actor: metadata.actor },
  }),
  AudienceChosen: (_, { audience }) => ({ audience }),
  DeliveryConfigured: (_, { speed }) => ({ speed }),
  BroadcastScheduled: (_, { start, instant }) => ({ phase: 'scheduled', start, sendAt: instant }),
  ScheduleCancelled: () => ({ phase: 'draft', start: null, sendAt: null, held: null }),
  BroadcastStarted: (_, { startedAt }) => ({
    phase: 'preparing',
    startedAt,
    sendAt: startedAt,
    held: null,
  }),
  AudienceFrozen: (_, { lanes, excluded }) => ({
    phase: 'sending',
    excluded,
    lanes: lanes.map((lane) => ({
      ...lane,
      sent: 0,
      failed: 0,
      skipped: 0,
      unconfirmed: 0,
      completed: false,
      order: 0,
      revision: -1,
    })),
  }),
  BroadcastHeld: (_, { reason, detail }) => ({
    held: { reason, ...(detail === undefined ? {} : { detail }) },
  }),
  BroadcastResumed: () => ({ held: null, heldLanes: [] }),
  LaneHeld: ({ heldLanes }, { lane, reason, detail }) => ({
    heldLanes: [...heldLanes, { lane, reason, ...(detail === undefined ? {} : { detail }) }],
  }),
  LaneResumed: ({ heldLanes }, { lane }) => ({
    heldLanes: heldLanes.filter((held) => held.lane !== lane),
  }),
  BroadcastStopped: () => ({ phase: 'stopped', held: null, heldLanes: [] }),
  RetryRequested: ({ retries }, { order, what }, { metadata }) => ({
    phase: 'sending',
    held: null,
    completedAt: null,
    retries: [...retries, { order, what, at: metadata.recordedAt }],
  }),
  BroadcastCompleted: ({ phase }, _, { metadata }) => ({
    phase: phase === 'stopped' ? 'stopped' : 'sent',
    completedAt: metadata.recordedAt,
  }),
  BroadcastDeleted: () => ({ phase: 'deleted' }),
};

/** What people want to read of an event: its plain fields, and the totals where there are some. */
const factsOf = (event: BroadcastEvent): HistoryEntry['facts'] => {
  const totals = event.type === 'BroadcastCompleted' ? event.data.totals : {};
  return Object.fromEntries(
    Object.entries({ ...event.data, ...totals }).filter(
      (fact): fact is [string, string | number] =>
        fact[0] !== 'broadcastId' && (typeof fact[1] === 'string' || typeof fact[1] === 'number'),
    ),
  );
};

const follows = (
  mailing: Mailing,
  { event, revision, stream }: Recorded<BroadcastEvent>,
): boolean => {
  if (mailing.revision + 1 === revision && (revision === 0) === (event.type === 'BroadcastDrafted'))
    return true;
  throw new IllegalHistory('A broadcast begins or goes on where it cannot', {
    stream,
    revision,
    folded: mailing.revision,
    type: event.type,
  });
};

const handler =
  <Event extends BroadcastEvent>(
    change: (
      mailing: Mailing,
      data: Event['data'],
      recorded: Recorded<BroadcastEvent>,
    ) => Partial<Mailing>,
  ) =>
  (mailing: Mailing, recorded: Recorded<Event>): Mailing => {
    const { event, revision, metadata } = recorded;
    const data: Event['data'] = event.data;
    follows(mailing, recorded);
    const entry: HistoryEntry = {
      revision,
      at: metadata.recordedAt,
      actor: metadata.actor,
      what: event.type,
      facts: factsOf(event),
    };
    return {
      ...mailing,
      ...change(mailing, data, recorded),
      revision,
      history: [...mailing.history, entry],
    };
  };

/** The life of a broadcast: `broadcast-…`. @throws IllegalHistory for a gap */
export const lifeHandlers: Handlers<Mailing, BroadcastEvent> = {
  BroadcastDrafted: handler(changes.BroadcastDrafted),
  BroadcastRenamed: handler(changes.BroadcastRenamed),
  MessageComposed: handler(changes.MessageComposed),
  AudienceChosen: handler(changes.AudienceChosen),
  DeliveryConfigured: handler(changes.DeliveryConfigured),
  BroadcastScheduled: handler(changes.BroadcastScheduled),
  ScheduleCancelled: handler(changes.ScheduleCancelled),
  BroadcastStarted: handler(changes.BroadcastStarted),
  AudienceFrozen: handler(changes.AudienceFrozen),
  BroadcastHeld: handler(changes.BroadcastHeld),
  BroadcastResumed: handler(changes.BroadcastResumed),
  LaneHeld: handler(changes.LaneHeld),
  LaneResumed: handler(changes.LaneResumed),
  BroadcastStopped: handler(changes.BroadcastStopped),
  RetryRequested: handler(changes.RetryRequested),
  BroadcastCompleted: handler(changes.BroadcastCompleted),
  BroadcastDeleted: handler(changes.BroadcastDeleted),
};
