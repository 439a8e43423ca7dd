import { describe, expect, it } from '@jest/globals';
import { SystemClock } from '@crier/kernel';
import { Governor } from './governor.ts';

/** Time that stands until it is moved. */
class StandingClock extends SystemClock {
  ms = 1_000;

  override monotonicMs(): number {
    return this.ms;
  }
}

const paused = (...pauses: readonly (readonly [ms: number, grows: boolean])[]) => {
  const clock = new StandingClock();
  const governor = new Governor(10, clock);
  return pauses.map(([ms, grows]) => {
    governor.pause(ms, grows);
    const left = governor.pausedMs;
    clock.ms += left;
    return left;
  });
};

describe('a pause of a bot', () => {
  it('is as long as the messenger said', () => {
    expect(paused([3_000, false], [3_000, false])).toEqual([3_000, 3_000]);
  });

  it('doubles where the messenger says nothing, up to an hour', () => {
    expect(paused([1_000, true], [1_000, true], [1_000, true])).toEqual([1_000, 2_000, 4_000]);
    const many = Array.from({ length: 20 }, () => [1_000, true] as const);
    expect(paused(...many).at(-1)).toBe(3_600_000);
  });

  it('is not made longer by the other answers of the same flood', () => {
    const clock = new StandingClock();
    const governor = new Governor(10, clock);
    for (let answer = 0; answer < 50; answer += 1) governor.pause(1_000, true);
    expect(governor.pausedMs).toBe(1_000);
  });

  it('is short again after something was accepted', () => {
    const clock = new StandingClock();
    const governor = new Governor(10, clock);
    governor.pause(1_000, true);
    governor.eased();
    clock.ms += 1_000;
    governor.eased();
    governor.pause(1_000, true);
    expect(governor.pausedMs).toBe(1_000);
  });
});
