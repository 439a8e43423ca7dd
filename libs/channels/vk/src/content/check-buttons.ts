import { problem, type ContentProblem } from '@crier/connector';
import type { Button } from '@crier/contracts';
import { rules } from './problems.ts';

/** What is wrong with buttons, and with their number: `most` stand in one message or card. */
export const buttonsProblems = (
  path: string,
  buttons: readonly Button[] = [],
  { most, where }: { readonly most: number; readonly where: string },
): readonly ContentProblem[] => [
  ...(buttons.length > most
    ? [
        problem(
          `${path}.buttons`,
          'too_many_buttons',
          `${buttons.length} buttons; ${where} has room for ${most}: use fewer.`,
        ),
      ]
    : []),
  ...rules.buttons(path, buttons),
];
