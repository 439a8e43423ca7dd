import type { BroadcastEvent } from '@crier/contracts';
import { describe, expect, it } from '@jest/globals';
import { maySend, UNKNOWN_BROADCAST, viewAfter } from './broadcast-view.ts';

const broadcastId = 'b';
const AT = '2030-01-01T00:00:00.000Z';

const after = (...events: readonly BroadcastEvent[]) =>
  events.reduce((view, event) => viewAfter(view, event, view.revision + 1, AT), UNKNOWN_BROADCAST);

const started: BroadcastEvent = {
  type: 'BroadcastStarted',
  data: { broadcastId, startedAt: AT },
};

describe("an owner's view of a broadcast", () => {
  it('says why it is held, for as long as it is', () => {
    const held: BroadcastEvent = {
      type: 'BroadcastHeld',
      data: { broadcastId, reason: 'breaker' },
    };
    expect(after(started, held)).toMatchObject({ held: true, heldFor: 'breaker' });
    const resumed: BroadcastEvent = { type: 'BroadcastResumed', data: { broadcastId } };
    expect(after(started, held, resumed)).toMatchObject({ held: false, heldFor: undefined });
  });

  it('lets the other lanes of a broadcast send while one is held', () => {
    const held: BroadcastEvent = {
      type: 'LaneHeld',
      data: { broadcastId, lane: 1, reason: 'bot_stopped' },
    };
    const view = after(started, held);
    expect([maySend(view, 0), maySend(view, 1)]).toEqual([true, false]);
  });

  it('is not moved by news that is older than what it knows', () => {
    const view = after(started, { type: 'BroadcastStopped', data: { broadcastId } });
    expect(viewAfter(view, started, 0, AT)).toBe(view);
  });
});
