import { behaviourKey, Behaviours, type ContactIds } from '@crier/audience';
import type { Behaviour } from '@crier/contracts';
import type { Clock, Instant, Position } from '@crier/kernel';

/** The pages of one list, and the count beside it, are asked for within seconds. */
const FRESH_MS = 5_000;
/** Sets of people kept in memory. */
const MOST = 4;

interface Known {
  readonly since: number;
  readonly people: Promise<ContactIds>;
}

/** Keeps the newest answers for some seconds, so that whoever looks at an audience does not read the same people for each page. */
export class RecentBehaviours extends Behaviours {
  readonly #behaviours: Behaviours;
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();

  constructor(behaviours: Behaviours, clock: Clock) {
    super();
    this.#behaviours = behaviours;
    this.#clock = clock;
  }

  of(asked: Behaviour, now: Instant): Promise<ContactIds> {
    const key = behaviourKey(asked);
    this.#forgetOld();
    const known = this.#known.get(key);
    if (known) return known.people;
    const people = this.#behaviours.of(asked, now);
    const kept: Known = { since: this.#clock.monotonicMs(), people };
    this.#known.set(key, kept);
    this.#forgetMost();
    people.catch(() => {
      if (this.#known.get(key) === kept) this.#known.delete(key);
    });
    return people;
  }

  isPast(position: Position): Promise<boolean> {
    return this.#behaviours.isPast(position);
  }

  #forgetOld(): void {
    const now = this.#clock.monotonicMs();
    for (const [key, { since }] of this.#known) if (now - since > FRESH_MS) this.#known.delete(key);
  }

  /** The oldest first: a map keeps the order in which keys came. */
  #forgetMost(): void {
    for (const key of this.#known.keys()) {
      if (this.#known.size <= MOST) return;
      this.#known.delete(key);
    }
  }
}
