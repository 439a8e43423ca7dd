import type { RecipientOutcome } from '../application/documents.ts';

/** An outcome that a recipient can have once nothing waits for it any more. */
export type Outcome = Exclude<RecipientOutcome, 'waiting'>;
/** Outcomes that come with a reason. */
export type Explained = Exclude<Outcome, 'sent'>;

/** The reason under which those are counted who got none. */
export const UNSPECIFIED = 'unspecified';

/** Recipients more (or fewer) of one outcome and reason. */
export interface ReasonMove {
  readonly outcome: Explained;
  readonly reason: string;
  readonly by: number;
}

/** How one event moved the recipients of a lane, as their pages saw it. */
export interface Moved {
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly reasons: readonly ReasonMove[];
}

/** Gathers what the pages report while one event is folded into them. */
export class Moves implements Moved {
  readonly counts: Record<Outcome, number> = { sent: 0, failed: 0, skipped: 0, unconfirmed: 0 };
  readonly #reasons = {
    failed: new Map<string, number>(),
    skipped: new Map<string, number>(),
    unconfirmed: new Map<string, number>(),
  };

  add(outcome: Outcome, reason: string | undefined, by: 1 | -1): void {
    this.counts[outcome] += by;
    if (outcome === 'sent') return;
    const known = this.#reasons[outcome];
    const name = reason ?? UNSPECIFIED;
    known.set(name, (known.get(name) ?? 0) + by);
  }

  get reasons(): readonly ReasonMove[] {
    const outcomes: readonly Explained[] = ['failed', 'skipped', 'unconfirmed'];
    return outcomes.flatMap((outcome) =>
      [...this.#reasons[outcome]]
        .filter(([, by]) => by !== 0)
        .map(([reason, by]) => ({ outcome, reason, by })),
    );
  }
}
