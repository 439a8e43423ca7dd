import type { LaneMessage } from '@crier/contracts';
import type { Log } from '@crier/kernel';
import type { LaneAlarm, LaneDeps } from './lane-deps.ts';

const TELL_AGAIN_MS = 500;

/** A lane that somebody has to look at holds itself, and asks for a hold until it is heard. */
export class SelfHold {
  readonly #deps: Pick<LaneDeps, 'alarm' | 'clock'>;
  readonly #log: Log;
  #isHeld = false;

  constructor(deps: Pick<LaneDeps, 'alarm' | 'clock'>, log: Log) {
    this.#deps = deps;
    this.#log = log;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** False: it holds itself already. */
  raise(lane: LaneMessage, alarm: LaneAlarm): boolean {
    if (this.#isHeld) return false;
    this.#isHeld = true;
    this.#log.warn('lane holds itself', { reason: alarm.reason });
    void this.#tell(lane, alarm);
    return true;
  }

  /** The broadcast's stream says what is to be done from now on, or nobody asks any more. */
  lift(): void {
    this.#isHeld = false;
  }

  async #tell(lane: LaneMessage, alarm: LaneAlarm): Promise<void> {
    while (this.#isHeld) {
      try {
        await this.#deps.alarm(lane, alarm);
        return;
      } catch (error) {
        this.#log.warn('alarm not told yet', { error: String(error) });
        await this.#deps.clock.sleep(TELL_AGAIN_MS);
      }
    }
  }
}
