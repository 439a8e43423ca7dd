import { hasVariables, isVisible, type ContentProblem } from '@crier/connector';
import type { Button } from '@crier/contracts';
import { MOST_BUTTONS, MOST_LABEL_LENGTH, MOST_URL_LENGTH } from '../limits.ts';
import { isWebAddress, problem } from './problems.ts';

const KINDS: readonly string[] = ['link', 'message', 'buy'];

const labelProblems = (path: string, label: unknown): readonly ContentProblem[] => {
  if (typeof label !== 'string' || !isVisible(label))
    return [problem(path, 'label_empty', 'A button needs a label.')];
  if (label.length > MOST_LABEL_LENGTH)
    return [
      problem(
        path,
        'label_too_long',
        `${label.length} characters; Messenger shows at most ${MOST_LABEL_LENGTH}: shorten it.`,
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
  return isWebAddress(url)
    ? []
    : [
        problem(
          path,
          'url_invalid',
          `A button needs an http or https address of at most ${MOST_URL_LENGTH} characters.`,
        ),
      ];
};

const buttonProblems = (path: string, button: Button): readonly ContentProblem[] => {
  if (!KINDS.includes(button.kind))
    return [problem(`${path}.kind`, 'button_unknown', `Messenger has no button "${button.kind}".`)];
  const label = labelProblems(`${path}.label`, button.label);
  return button.kind === 'message' ? label : [...label, ...urlProblems(`${path}.url`, button.url)];
};

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
  ...buttons.flatMap((button, index) => buttonProblems(`${path}.buttons[${index}]`, button)),
];
