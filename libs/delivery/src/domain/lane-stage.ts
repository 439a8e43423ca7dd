import type { DeliveryEvent, RetryWhat } from '@crier/contracts';
import { LaneFold, type Parts } from './lane-fold.ts';
import { decideTurn, type Attempt, type AttemptResult, type Proof, type TurnView } from './turn.ts';

const AT = '2030-01-01T00:00:00.000Z';

/** One lane's stream in a test, with the orders and the phase of its broadcast. */
export class LaneStage {
  readonly events: DeliveryEvent[] = [];
  readonly orders: RetryWhat[] = [];
  stopped = false;
  held = false;
  readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  /** Somebody who adopts the lane now, or, with `owner: false`, somebody who has lost it. */
  process(epoch: string): LaneProcess {
    return new LaneProcess(this, epoch);
  }

  /** The lane as a fresh reader sees it. */
  get fold(): LaneFold {
    const fold = new LaneFold(this.size);
    this.events.forEach((event, revision) => {
      fold.apply(event, revision, AT);
    });
    return fold;
  }

  /** The data of the newest event of a type. */
  last(type: DeliveryEvent['type']): DeliveryEvent['data'] | undefined {
    return this.events.findLast((event) => event.type === type)?.data;
  }
}

/** One process at one epoch: what it has read, and the results it has in hand. */
export class LaneProcess {
  readonly fold: LaneFold;
  readonly attempts: Attempt[] = [];
  silent: readonly number[] = [];
  proven: readonly Proof[] = [];
  owner = true;
  reopenable = false;
  readonly #stage: LaneStage;
  readonly #epoch: string;

  constructor(stage: LaneStage, epoch: string) {
    this.#stage = stage;
    this.#epoch = epoch;
    this.fold = stage.fold;
  }

  read(): void {
    for (
      let revision = this.fold.revision + 1;
      revision < this.#stage.events.length;
      revision += 1
    ) {
      const event = this.#stage.events[revision];
      if (event) this.fold.apply(event, revision, AT);
    }
  }

  decide(change: Partial<TurnView> = {}): readonly DeliveryEvent[] {
    const { orders, stopped, held } = this.#stage;
    return decideTurn(this.fold, {
      epoch: this.#epoch,
      attempts: this.attempts,
      proven: this.proven,
      silent: this.silent,
      reopenable: () => this.reopenable,
      owner: this.owner,
      sending: this.owner && !stopped && !held,
      stopped,
      open: [],
      contentRevision: 1,
      skip: [],
      orders,
      ...change,
    });
  }

  /** Reads, decides, appends at the head; gives the revision of the window opened, if one was. */
  turn(change: Partial<TurnView> = {}): number {
    this.read();
    const events = this.decide(change);
    this.#stage.events.push(...events);
    this.attempts.length = 0;
    this.read();
    return this.#stage.events.length - 1;
  }

  /** A result of this process's own request. */
  result(index: number, window: number, result: AttemptResult, parts: Parts = []): this {
    this.attempts.push({ index, window, result, parts });
    return this;
  }
}

export const accepted: AttemptResult = { kind: 'accepted' };
export const refused: AttemptResult = { kind: 'refused', reason: 'blocked' };
export const flooded: AttemptResult = { kind: 'notAccepted', reason: 'flood' };
export const timedOut: AttemptResult = { kind: 'unknown', reason: 'timeout' };
export const notEnabled: AttemptResult = { kind: 'skipped', reason: 'blocked' };
