import { hasVariables, isVisible, type ContentProblem } from '@crier/connector';
import type { Button, Element, GalleryCard } from '@crier/contracts';
import { MOST_CARD_BUTTONS, MOST_LABEL_LENGTH, MOST_URL_LENGTH } from '../limits.ts';
import { isLinkAddress, problem } from './problems.ts';

const KINDS: readonly string[] = ['link', 'message', 'buy'];

const labelProblems = (path: string, label: unknown): readonly ContentProblem[] => {
  if (typeof label !== 'string' || !isVisible(label))
    return [problem(path, 'label_empty', 'A button needs a label.')];
  if (label.length > MOST_LABEL_LENGTH)
    return [
      problem(
        path,
        'label_too_long',
        `${label.length} characters; a row shows at most ${MOST_LABEL_LENGTH}: shorten it.`,
      ),
    ];
  return hasVariables(label)
    ? [problem(path, 'variable_in_label', 'A label is the same for everybody: use no variables.')]
    : [];
};

const urlProblems = (path: string, url: unknown): readonly ContentProblem[] => {
  if (typeof url === 'string' && hasVariables(url))
    return [
      problem(path, 'variable_in_url', 'An address is the same for everybody: use no variables.'),
    ];
  return isLinkAddress(url)
    ? []
    : [
        problem(
          path,
          'url_invalid',
          `A button needs an http, https or viber address of at most ${MOST_URL_LENGTH} characters.`,
        ),
      ];
};

const buttonProblems = (path: string, button: Button): readonly ContentProblem[] => {
  if (!KINDS.includes(button.kind))
    return [problem(`${path}.kind`, 'button_unknown', `Viber has no button "${button.kind}".`)];
  const label = labelProblems(`${path}.label`, button.label);
  return button.kind === 'message' ? label : [...label, ...urlProblems(`${path}.url`, button.url)];
};

/** What is wrong with single buttons. */
export const eachButtonProblems = (
  path: string,
  buttons: readonly Button[] = [],
): readonly ContentProblem[] =>
  buttons.flatMap((button, index) => buttonProblems(`${path}.buttons[${index}]`, button));

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
  ...eachButtonProblems(path, buttons),
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
