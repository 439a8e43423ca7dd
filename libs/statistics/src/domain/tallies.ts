import type { Receipt } from '@crier/contracts';
import type { ReactionKind } from '../application/documents.ts';

/** What is told of one recipient, `at` in seconds since 1970. */
export interface ReceiptTally {
  readonly kind: ReactionKind;
  readonly button: number | undefined;
  readonly count: number;
  readonly firstAt: number;
}

/** A receipt, or an order that is credited to the recipient. */
export interface Told extends Pick<Receipt, 'index' | 'button' | 'at'> {
  readonly kind: ReactionKind;
}

const LAST_SECOND = 2 ** 32 - 1;

/** Other people's clocks tell any time; four bytes hold those from 1970 to 2106. */
const secondsOf = (at: string): number =>
  Math.min(Math.max(Math.floor(Date.parse(at) / 1000), 0), LAST_SECOND);

/** The tallies of a recipient with one more in them. */
export const tallied = (
  known: readonly ReceiptTally[],
  { kind, button, at }: Told,
): readonly ReceiptTally[] => {
  const same = known.find((tally) => tally.kind === kind && tally.button === button);
  const others = known.filter((tally) => tally !== same);
  const firstAt = same?.firstAt ?? secondsOf(at);
  return [...others, { kind, button, count: (same?.count ?? 0) + 1, firstAt }];
};
