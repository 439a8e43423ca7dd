import { problem, type ContentProblem } from '@crier/connector';
import type { Button } from '@crier/contracts';
import { MOST_BUTTONS } from '../limits.ts';
import { rules } from './problems.ts';

/** What is wrong with the buttons of one message or card; `path`: what they belong to. */
export const buttonsProblems = (
  path: string,
  buttons: readonly Button[] = [],
): readonly ContentProblem[] => [
  ...(buttons.length > MOST_BUTTONS
    ? [
        problem(
          `${path}.buttons`,
          'too_many_buttons',
          `${buttons.length} buttons; Messenger shows at most ${MOST_BUTTONS} under a message or a card: use fewer, or put the others under a text of their own.`,
        ),
      ]
    : []),
  ...rules.buttons(path, buttons),
];
