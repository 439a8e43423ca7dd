import { problem } from '@crier/connector';
import type { Button } from '@crier/contracts';
import { MOST_BUTTONS } from '../limits.ts';
import { rules, type Problems } from './problems.ts';

/** What is wrong with the buttons of an element, or of a gallery's card. */
export const buttonsProblems = (path: string, buttons: readonly Button[] = []): Problems => {
  const tooMany = `${buttons.length} buttons; a card shows ${MOST_BUTTONS}: use fewer, or a further element.`;
  return [
    ...(buttons.length > MOST_BUTTONS
      ? [problem(`${path}.buttons`, 'too_many_buttons', tooMany)]
      : []),
    ...rules.buttons(path, buttons),
  ];
};
