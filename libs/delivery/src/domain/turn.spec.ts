import { describe, expect, it } from '@jest/globals';
import { accepted, flooded, LaneStage, notEnabled, refused, timedOut } from './lane-stage.ts';
import { runsOf } from './turn.ts';

describe('a turn of a lane', () => {
  it('opens a window, settles its answers and completes in the same append as the last of them', () => {
    const stage = new LaneStage(2);
    const owner = stage.process('A');
    const window = owner.turn({ open: [0, 1] });
    owner
      .result(0, window, accepted, [[0, '41']])
      .result(1, window, refused)
      .turn();

    expect(stage.events.map(({ type }) => type)).toEqual([
      'WindowTurned',
      'WindowTurned',
      'LaneCompleted',
    ]);
    expect(stage.last('LaneCompleted')).toEqual({
      order: 0,
      sent: 1,
      failed: 1,
      skipped: 0,
      unconfirmed: 0,
      stopped: 0,
    });
  });

  it('has nothing to say when nothing happened', () => {
    const owner = new LaneStage(1).process('A');
    expect(owner.decide()).toEqual([]);
  });

  it('settles people who must not be written to without opening a window for them', () => {
    const stage = new LaneStage(2);
    const owner = stage.process('A');
    owner.turn({ open: [1], skip: [[0, 'erased']] });
    expect(stage.fold.state(0)).toBe('skipped');
    expect(stage.fold.state(1)).toBe('inFlight');
  });

  it('names consecutive indexes as runs', () => {
    expect(runsOf([7, 3, 4, 5, 9])).toEqual([
      [3, 3],
      [7, 1],
      [9, 1],
    ]);
  });
});

describe('the rules of the lane protocol', () => {
  it('R2, R9: a window of another epoch is not its own, even after a restart of the same process', () => {
    const stage = new LaneStage(1);
    stage.process('A1').turn({ open: [0] });
    const again = stage.process('A2');
    expect(again.decide({ open: [0] })).toEqual([]);
    again.silent = [0];
    again.turn();
    expect(stage.fold.state(0)).toBe('unconfirmed');
  });

  it('R6: a licence torn up by a hold is returned, and waits again', () => {
    const stage = new LaneStage(1);
    const owner = stage.process('A');
    const window = owner.turn({ open: [0] });
    stage.held = true;
    owner.result(0, window, { kind: 'notAccepted', reason: 'held' }).turn();
    expect(stage.fold.state(0)).toBe('waiting');
    expect(stage.events).toHaveLength(2);
  });

  it('R7: after a conflict the same person is not opened again', () => {
    const stage = new LaneStage(1);
    const a = stage.process('A');
    const b = stage.process('B');
    a.turn({ open: [0] });
    b.read();
    expect(b.decide({ open: [0] })).toEqual([]);
  });

  it('R10: an order is served once, in the stream', () => {
    const stage = new LaneStage(1);
    const a = stage.process('A');
    const first = a.turn({ open: [0] });
    a.result(0, first, timedOut).turn();
    stage.orders.push('unconfirmed');
    a.turn();
    expect(stage.last('LaneReopened')).toEqual({ order: 1, what: 'unconfirmed', count: 1 });
    a.turn({ open: [0] });

    const b = stage.process('B');
    b.silent = [...b.fold.windows.keys()];
    b.turn();
    b.turn();
    expect(stage.events.filter(({ type }) => type === 'LaneReopened')).toHaveLength(1);
    expect(stage.last('LaneCompleted')).toMatchObject({ order: 1, unconfirmed: 1 });
  });

  it('R11: completion needs no settle of its own', () => {
    const stage = new LaneStage(1);
    const a = stage.process('A');
    const window = a.turn({ open: [0] });
    a.owner = false;
    a.result(0, window, accepted).turn();
    expect(stage.events.at(-1)?.type).toBe('WindowTurned');

    stage.process('B').turn();
    expect(stage.last('LaneCompleted')).toMatchObject({ sent: 1 });
  });

  it('R12a: a stop waits for what is in flight before it completes', () => {
    const stage = new LaneStage(2);
    const a = stage.process('A');
    const window = a.turn({ open: [0] });
    stage.stopped = true;
    expect(a.decide()).toEqual([]);
    a.result(0, window, accepted).turn();
    expect(stage.last('LaneCompleted')).toEqual({
      order: 0,
      sent: 1,
      failed: 0,
      skipped: 1,
      unconfirmed: 0,
      stopped: 1,
    });
  });

  it('R12b: a stop gives the reopened back what they were', () => {
    const stage = new LaneStage(2);
    const a = stage.process('A');
    const window = a.turn({ open: [0, 1] });
    a.result(0, window, timedOut).result(1, window, refused).turn();
    stage.orders.push('unconfirmed');
    a.turn();
    stage.stopped = true;
    a.turn();
    expect(stage.last('LaneCompleted')).toEqual({
      order: 1,
      sent: 0,
      failed: 1,
      skipped: 0,
      unconfirmed: 1,
      stopped: 0,
    });
  });

  it('R15: doubt sticks through a refusal and through a connection that is off', () => {
    for (const later of [refused, notEnabled]) {
      const stage = new LaneStage(1);
      const a = stage.process('A');
      const first = a.turn({ open: [0] });
      a.result(0, first, timedOut).turn();
      stage.orders.push('unconfirmed');
      a.turn();
      const second = a.turn({ open: [0] });
      a.result(0, second, later).turn();
      expect(stage.fold.state(0)).toBe('unconfirmed');
    }
  });

  it('R15: who is looked at again and is not enabled stays unconfirmed, without a window', () => {
    const stage = new LaneStage(1);
    const a = stage.process('A');
    const first = a.turn({ open: [0] });
    a.result(0, first, timedOut).turn();
    stage.orders.push('unconfirmed');
    a.turn();
    a.turn({ skip: [[0, 'blocked']] });
    expect(stage.fold.state(0)).toBe('unconfirmed');
  });

  it('R16: a late refusal clears only the one window in doubt', () => {
    const stage = new LaneStage(1);
    const a = stage.process('A');
    const first = a.turn({ open: [0] });
    a.result(0, first, timedOut).turn();
    stage.orders.push('unconfirmed');
    a.turn();
    const second = a.turn({ open: [0] });
    a.result(0, second, refused).turn();
    a.result(0, second, refused);
    expect(a.decide()).toEqual([]);
  });

  it('R16: a late refusal of the only doubted window is learned', () => {
    const stage = new LaneStage(1);
    const a = stage.process('A');
    const first = a.turn({ open: [0] });
    a.result(0, first, timedOut).turn();
    a.result(0, first, refused).turn();
    expect(stage.last('OutcomeLearned')).toEqual({
      learned: [[0, 'failed', { reason: 'blocked' }]],
    });
  });

  it('R18: nothing is opened while held or stopped', () => {
    const stage = new LaneStage(1);
    const a = stage.process('A');
    stage.held = true;
    expect(a.decide({ open: [0], skip: [[0, 'erased']] })).toEqual([]);
  });

  it('R19: a receipt counts for one in flight, and for one unconfirmed', () => {
    const stage = new LaneStage(2);
    const a = stage.process('A');
    const window = a.turn({ open: [0, 1] });
    a.result(1, window, timedOut).turn();
    const b = stage.process('B');
    b.proven = [
      { index: 0, parts: [] },
      { index: 1, parts: [[0, 'named by the receipt', 5]] },
    ];
    b.turn();
    expect(stage.fold.counts).toMatchObject({ sent: 2, unconfirmed: 0, inFlight: 0 });
    expect(
      stage.events.flatMap(({ data }) => ('learned' in data ? data.learned : [])),
    ).toContainEqual([1, 'sent', { parts: [[0, 'named by the receipt', 5]] }]);
  });

  it('R20: parts go with every outcome, and never leave again', () => {
    const stage = new LaneStage(1);
    const a = stage.process('A');
    const window = a.turn({ open: [0] });
    a.result(0, window, flooded, [[0, '7']]).turn();
    expect(stage.fold.parts(0)).toEqual([[0, '7']]);
  });

  it('R21: a late "not accepted" never makes anybody wait again', () => {
    const stage = new LaneStage(1);
    const a = stage.process('A');
    const window = a.turn({ open: [0] });
    a.result(0, window, timedOut).turn();
    a.result(0, window, flooded).turn();
    expect(stage.last('OutcomeLearned')).toEqual({
      learned: [[0, 'failed', { reason: 'not_sent' }]],
    });
    expect(stage.fold.counts.waiting).toBe(0);
  });

  it('R22: a late acceptance counts though the person was reopened', () => {
    const stage = new LaneStage(1);
    const a = stage.process('A');
    const window = a.turn({ open: [0] });
    const b = stage.process('B');
    b.silent = [window];
    b.turn();
    stage.orders.push('unconfirmed');
    b.turn();
    expect(stage.fold.state(0)).toBe('waiting');
    a.result(0, window, accepted).turn({ open: [0] });
    expect(stage.fold.state(0)).toBe('sent');
  });

  it('R23–R25: with a key a silent window is opened again, and then only acceptance clears the doubt', () => {
    for (const [answer, state] of [
      [flooded, 'unconfirmed'],
      [refused, 'unconfirmed'],
      [accepted, 'sent'],
    ] as const) {
      const stage = new LaneStage(1);
      stage.process('A').turn({ open: [0] });
      const b = stage.process('B');
      b.silent = [0];
      b.reopenable = true;
      const window = b.turn();
      expect(stage.fold.before(0)).toBe('doubt');
      expect(stage.fold.keySince(0)).toBeDefined();
      b.silent = [];
      b.result(0, window, answer).turn();
      expect(stage.fold.state(0)).toBe(state);
    }
  });

  it('R25c: an owner that repeats after its own time-out believes acceptance only', () => {
    const stage = new LaneStage(1);
    const a = stage.process('A');
    const window = a.turn({ open: [0] });
    a.attempts.push({ index: 0, window, result: refused, parts: [], repeated: true });
    a.turn();
    expect(stage.fold.state(0)).toBe('unconfirmed');
  });

  it('a former owner settles what is its own and neither opens, completes nor reopens', () => {
    const stage = new LaneStage(1);
    const a = stage.process('A');
    const window = a.turn({ open: [0] });
    a.owner = false;
    a.result(0, window, refused).turn({ open: [0] });
    stage.orders.push('failed');
    expect(a.decide()).toEqual([]);
    expect(stage.events.map(({ type }) => type)).toEqual(['WindowTurned', 'WindowTurned']);
  });
});
