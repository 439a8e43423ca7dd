import { problem, type ContentProblem } from '@crier/connector';
import type { Button } from '@crier/contracts';
import { LIMITS, MOST_MARKUP_BYTES, MOST_REF_LENGTH, TRACKED_LINK_LENGTH } from '../limits.ts';

// Braces, quotes, commas and names of the fields of one button in a row of its own.
const BYTES_AROUND = 40;

const markupBytes = (buttons: readonly Button[]): number =>
  buttons.reduce((sum, { kind, label }) => {
    const target = kind === 'message' ? MOST_REF_LENGTH : TRACKED_LINK_LENGTH;
    return sum + Buffer.byteLength(JSON.stringify(label)) + target + BYTES_AROUND;
  }, 0);

/** What is wrong with the buttons that one message carries. */
export const keyboardProblems = (
  path: string,
  buttons: readonly Button[] = [],
): readonly ContentProblem[] => {
  if (buttons.length > LIMITS.buttonsPerMessage)
    return [
      problem(
        path,
        'too_many_buttons',
        `${buttons.length} buttons; one message carries at most ${LIMITS.buttonsPerMessage}.`,
      ),
    ];
  const labelled = buttons.filter(({ label }) => typeof label === 'string');
  return markupBytes(labelled) > MOST_MARKUP_BYTES
    ? [
        problem(
          path,
          'markup_too_long',
          'The buttons together are larger than 10 kB: use fewer buttons or shorter labels.',
        ),
      ]
    : [];
};
