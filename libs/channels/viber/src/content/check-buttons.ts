import { problem, type ContentProblem } from '@crier/connector';
import type { Element, GalleryCard } from '@crier/contracts';
import { MOST_CARD_BUTTONS } from '../limits.ts';
import { rules } from './problems.ts';

/** What is wrong with the buttons of a card. */
export const cardButtonProblems = (
  path: string,
  { buttons = [] }: GalleryCard,
): readonly ContentProblem[] => [
  ...(buttons.length > MOST_CARD_BUTTONS
    ? [
        problem(
          `${path}.buttons`,
          'too_many_buttons',
          `${buttons.length} buttons; a card of a gallery has room for ${MOST_CARD_BUTTONS}.`,
        ),
      ]
    : []),
  ...rules.buttons(path, buttons),
];

/** What is wrong with the keyboard, which holds the buttons of all elements but galleries. */
export const keyboardProblems = (
  elements: readonly Element[],
  rows: number,
): readonly ContentProblem[] => {
  const counts = elements.map((element) =>
    element.type === 'gallery' ? 0 : (element.buttons?.length ?? 0),
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= rows) return [];
  const only = counts.indexOf(total);
  return [
    problem(
      only === -1 ? 'elements' : `elements[${only}].buttons`,
      'too_many_buttons',
      `${total} buttons; Viber shows those of all elements in one keyboard, of at most ${rows} rows: use fewer.`,
    ),
  ];
};
