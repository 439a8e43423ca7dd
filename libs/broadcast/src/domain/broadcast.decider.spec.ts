import { describe, expect, it } from '@jest/globals';
import { DEFAULT_AUDIENCE, type BroadcastEvent, type MessageContent } from '@crier/contracts';
import { broadcastDecider } from './broadcast.decider.ts';
import type { BroadcastCommand } from './commands.ts';
import { statusOf } from './state.ts';

const broadcastId = '01890000-0000-7000-8000-000000000001';
const now = '2030-01-01T09:00:00.000Z';
const later = '2030-01-02T09:00:00.000Z';
const content: MessageContent = { synchronised: true, elements: [{ type: 'text', text: 'Hi' }] };
const totals = { planned: 1, sent: 1, failed: 0, skipped: 0, unconfirmed: 0 };

const drafted: BroadcastEvent = {
  type: 'BroadcastDrafted',
  data: { broadcastId, name: 'New message' },
};
const composed: BroadcastEvent = {
  type: 'MessageComposed',
  data: { broadcastId, content, contentRevision: 1 },
};
const scheduled: BroadcastEvent = {
  type: 'BroadcastScheduled',
  data: { broadcastId, start: { mode: 'now' }, instant: now },
};
const started: BroadcastEvent = { type: 'BroadcastStarted', data: { broadcastId, startedAt: now } };
const lanes = [
  { lane: 0, botId: 'a', channel: 'telegram', planned: 1 },
  { lane: 1, botId: 'b', channel: 'telegram', planned: 0 },
];
const frozen: BroadcastEvent = {
  type: 'AudienceFrozen',
  data: { broadcastId, planned: 1, lanes, excluded: {} },
};
const stopped: BroadcastEvent = { type: 'BroadcastStopped', data: { broadcastId } };
const completed: BroadcastEvent = {
  type: 'BroadcastCompleted',
  data: { broadcastId, order: 0, totals },
};
const held: BroadcastEvent = { type: 'BroadcastHeld', data: { broadcastId, reason: 'operator' } };
const draft = [drafted, composed];
const sending = [...draft, scheduled, started, frozen];
const sent = [...sending, completed];

type Asked<Type extends BroadcastCommand['type']> = Extract<
  BroadcastCommand,
  { type: Type }
>['data'];

const given = (...history: BroadcastEvent[]) => {
  const state = Object.freeze(history).reduce(
    broadcastDecider.evolve,
    broadcastDecider.initialState,
  );
  return {
    status: statusOf(state),
    when: <Type extends BroadcastCommand['type']>(type: Type, data: Asked<Type>, at = now) => {
      const decision = broadcastDecider.decide(
        { type, data, broadcastId, now: at } as BroadcastCommand,
        state,
      );
      return {
        types: decision.accepted
          ? decision.events.map((event) => event.type)
          : decision.rejection.code,
        decision,
      };
    },
  };
};

describe('drafting', () => {
  it('makes a draft under a name', () => {
    expect(given().when('DraftBroadcast', { name: 'Spring' }).types).toEqual(['BroadcastDrafted']);
  });

  it('refuses an id that is taken', () => {
    expect(given(drafted).when('DraftBroadcast', { name: 'x' }).types).toBe('BROADCAST_EXISTS');
  });

  it('copies message, audience and speed into a new draft that names its source', () => {
    const copyOf = { broadcastId: 'other', content, audience: DEFAULT_AUDIENCE, speed: 5 };
    expect(given().when('DraftBroadcast', { name: 'Copy', copyOf }).types).toEqual([
      'BroadcastDrafted',
      'MessageComposed',
      'AudienceChosen',
      'DeliveryConfigured',
    ]);
  });

  it('numbers the content with every composing', () => {
    const { decision } = given(drafted, composed).when('ComposeMessage', { content });
    expect(decision).toMatchObject({ events: [{ data: { contentRevision: 2 } }] });
  });

  it.each([
    ['ComposeMessage', { content }],
    ['ChooseAudience', { audience: DEFAULT_AUDIENCE }],
    ['ConfigureDelivery', { speed: 5 }],
  ] as const)('refuses %s after the start', (type, data) => {
    expect(given(...sending).when(type, data as never).types).toBe('NOT_EDITABLE');
  });

  it('renames at any time, and does nothing for the same name', () => {
    expect(given(...sending).when('RenameBroadcast', { name: 'B' }).types).toEqual([
      'BroadcastRenamed',
    ]);
    expect(given(...draft).when('RenameBroadcast', { name: 'New message' }).types).toEqual([]);
  });
});

describe('activating', () => {
  it('needs a message', () => {
    expect(given(drafted).when('ActivateBroadcast', { start: { mode: 'now' } }).types).toBe(
      'MESSAGE_MISSING',
    );
  });

  it('schedules now for now', () => {
    const { decision } = given(...draft).when('ActivateBroadcast', { start: { mode: 'now' } });
    expect(decision).toMatchObject({
      events: [{ type: 'BroadcastScheduled', data: { instant: now } }],
    });
  });

  it('refuses a start that is not in the future', () => {
    const start = {
      mode: 'at',
      instant: now,
      local: '2030-01-01T11:00',
      zone: 'Europe/Kyiv',
    } as const;
    expect(given(...draft).when('ActivateBroadcast', { start }).types).toBe('START_IN_PAST');
  });

  it('refuses a second activation', () => {
    expect(
      given(...draft, scheduled).when('ActivateBroadcast', { start: { mode: 'now' } }).types,
    ).toBe('ALREADY_ACTIVATED');
  });

  it('can be taken back until it starts', () => {
    expect(given(...draft, scheduled).when('CancelSchedule', {}).types).toEqual([
      'ScheduleCancelled',
    ]);
    expect(given(...sending).when('CancelSchedule', {}).types).toBe('NOT_SCHEDULED');
  });
});

describe('starting', () => {
  it('starts once', () => {
    expect(given(...draft, scheduled).when('StartBroadcast', {}).types).toEqual([
      'BroadcastStarted',
    ]);
    expect(given(...sending).when('StartBroadcast', {}).types).toEqual([]);
  });

  it('holds a late start and asks; resuming starts it', () => {
    const late = given(...draft, scheduled).when('StartBroadcast', { late: true });
    expect(late.decision).toMatchObject({
      events: [{ type: 'BroadcastHeld', data: { reason: 'late_start' } }],
    });
    expect(given(...draft, scheduled, held).when('ResumeBroadcast', {}, later).types).toEqual([
      'BroadcastResumed',
      'BroadcastStarted',
    ]);
  });

  it('takes the frozen audience once', () => {
    const data = { planned: 1, lanes, excluded: {} };
    expect(given(...draft, scheduled, started).when('FreezeAudience', data).types).toEqual([
      'AudienceFrozen',
    ]);
    expect(given(...sending).when('FreezeAudience', data).types).toEqual([]);
  });
});

describe('holding and stopping', () => {
  it('holds and resumes', () => {
    expect(given(...sending).when('HoldBroadcast', { reason: 'operator' }).types).toEqual([
      'BroadcastHeld',
    ]);
    expect(given(...sending, held).when('HoldBroadcast', { reason: 'breaker' }).types).toEqual([]);
    expect(given(...sending, held).status).toBe('held');
    expect(given(...sending, held).when('ResumeBroadcast', {}).types).toEqual(['BroadcastResumed']);
    expect(given(...sending).when('ResumeBroadcast', {}).types).toBe('NOT_HELD');
  });

  it('holds one lane, and resumes it with the broadcast', () => {
    const laneHeld: BroadcastEvent = {
      type: 'LaneHeld',
      data: { broadcastId, lane: 0, reason: 'bot_stopped' },
    };
    expect(given(...sending).when('HoldLane', { lane: 0, reason: 'bot_stopped' }).types).toEqual([
      'LaneHeld',
    ]);
    expect(given(...sending).when('HoldLane', { lane: 2, reason: 'bot_stopped' }).types).toBe(
      'UNKNOWN_LANE',
    );
    expect(given(...sending, laneHeld).status).toBe('sending');
    expect(given(...sending, laneHeld).when('ResumeBroadcast', {}).types).toEqual(['LaneResumed']);
  });

  it('stops once, and never comes back', () => {
    expect(given(...sending).when('StopBroadcast', {}).types).toEqual(['BroadcastStopped']);
    expect(given(...sending, stopped).when('StopBroadcast', {}).types).toEqual([]);
    expect(given(...sending, stopped).when('RequestRetry', { what: 'failed' }).types).toBe(
      'NOTHING_TO_RETRY',
    );
    expect(given(...sent).when('StopBroadcast', {}).types).toBe('NOT_ACTIVE');
  });
});

describe('completing and retrying', () => {
  it('completes the order that was asked for, and only that (R13)', () => {
    const retry: BroadcastEvent = {
      type: 'RetryRequested',
      data: { broadcastId, order: 1, what: 'failed' },
    };
    expect(given(...sending).when('CompleteBroadcast', { order: 0, totals }).types).toEqual([
      'BroadcastCompleted',
    ]);
    expect(given(...sent).when('CompleteBroadcast', { order: 0, totals }).types).toEqual([]);
    expect(given(...sent, retry).when('CompleteBroadcast', { order: 0, totals }).types).toBe(
      'ORDER_MISMATCH',
    );
    expect(given(...sent, retry).when('CompleteBroadcast', { order: 1, totals }).types).toEqual([
      'BroadcastCompleted',
    ]);
  });

  it('numbers the orders to retry', () => {
    expect(given(...sent).when('RequestRetry', { what: 'unconfirmed' }).decision).toMatchObject({
      events: [{ data: { order: 1, what: 'unconfirmed' } }],
    });
  });

  it('keeps a stopped broadcast stopped when its lanes are through', () => {
    expect(given(...sending, stopped, completed).status).toBe('stopped');
  });
});

describe('deleting', () => {
  it('deletes what does not send', () => {
    expect(given(...draft).when('DeleteBroadcast', {}).types).toEqual(['BroadcastDeleted']);
    expect(given(...sent).when('DeleteBroadcast', {}).types).toEqual(['BroadcastDeleted']);
    expect(given(...sending).when('DeleteBroadcast', {}).types).toBe('STILL_SENDING');
  });

  it('answers a repeat, and nothing else afterwards', () => {
    const deleted: BroadcastEvent = { type: 'BroadcastDeleted', data: { broadcastId } };
    expect(given(...draft, deleted).when('DeleteBroadcast', {}).types).toEqual([]);
    expect(given(...draft, deleted).when('RenameBroadcast', { name: 'x' }).types).toBe(
      'BROADCAST_DELETED',
    );
    expect(given().when('StopBroadcast', {}).types).toBe('BROADCAST_NOT_FOUND');
  });
});
