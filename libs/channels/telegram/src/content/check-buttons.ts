import { hasVariables, isVisible, type ContentProblem } from '@crier/connector';
import type { Button } from '@crier/contracts';
import {
  LIMITS,
  MOST_LABEL_LENGTH,
  MOST_MARKUP_BYTES,
  MOST_REF_LENGTH,
  MOST_URL_LENGTH,
  TRACKED_LINK_LENGTH,
} from '../limits.ts';
import { isAddress, problem } from './problems.ts';

const KINDS: readonly string[] = ['link', 'message', 'buy'];
// Braces, quotes, commas and names of the fields of one button in a row of its own.
const BYTES_AROUND = 40;

const labelProblems = (path: string, label: unknown): readonly ContentProblem[] => {
  if (typeof label !== 'string' || !isVisible(label))
    return [problem(path, 'label_empty', 'A button needs a label.')];
  if (label.length > MOST_LABEL_LENGTH)
    return [
      problem(
        path,
        'label_too_long',
        `${label.length} characters; phones show at most ${MOST_LABEL_LENGTH}: shorten it.`,
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
  return isAddress(url)
    ? []
    : [
        problem(
          path,
          'url_invalid',
          `A button needs an http, https or tg address of at most ${MOST_URL_LENGTH} characters.`,
        ),
      ];
};

const buttonProblems = (path: string, button: Button): readonly ContentProblem[] => {
  if (!KINDS.includes(button.kind))
    return [problem(`${path}.kind`, 'button_unknown', `Telegram has no button "${button.kind}".`)];
  const label = labelProblems(`${path}.label`, button.label);
  return button.kind === 'message' ? label : [...label, ...urlProblems(`${path}.url`, button.url)];
};

const markupBytes = (buttons: readonly Button[]): number =>
  buttons.reduce((sum, { kind, label }) => {
    const target = kind === 'message' ? MOST_REF_LENGTH : TRACKED_LINK_LENGTH;
    return sum + Buffer.byteLength(JSON.stringify(label)) + target + BYTES_AROUND;
  }, 0);

/** What is wrong with single buttons. */
export const eachButtonProblems = (
  path: string,
  buttons: readonly Button[] = [],
): readonly ContentProblem[] =>
  buttons.flatMap((button, index) => buttonProblems(`${path}.buttons[${index}]`, button));

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
