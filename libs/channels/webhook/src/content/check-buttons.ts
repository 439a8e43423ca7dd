import { hasVariables, isBlank, parsePlainText } from '@crier/connector';
import type { Button } from '@crier/contracts';
import { MOST_BUTTONS, MOST_LABEL_LENGTH, MOST_URL_LENGTH } from '../limits.ts';
import { isWebAddress, problem, textProblems, type Problems } from './problems.ts';

const KINDS: readonly string[] = ['link', 'message', 'buy'];

const labelProblems = (path: string, label: unknown): Problems => {
  const text = parsePlainText(typeof label === 'string' ? label : '');
  if (isBlank(text))
    return [
      problem(path, 'label_empty', 'A button needs a label, and a variable in it a fallback.'),
    ];
  return textProblems(path, text, MOST_LABEL_LENGTH);
};

const urlProblems = (path: string, url: unknown): Problems => {
  if (typeof url === 'string' && hasVariables(url))
    return [
      problem(path, 'variable_in_url', 'An address is the same for everybody: use no variables.'),
    ];
  const sentence = `A button needs an http or https address of at most ${MOST_URL_LENGTH} characters.`;
  return isWebAddress(url) ? [] : [problem(path, 'url_invalid', sentence)];
};

const buttonProblems = (path: string, button: Button): Problems => {
  if (!KINDS.includes(button.kind))
    return [problem(`${path}.kind`, 'button_unknown', `There is no button "${button.kind}" here.`)];
  const label = labelProblems(`${path}.label`, button.label);
  return button.kind === 'message' ? label : [...label, ...urlProblems(`${path}.url`, button.url)];
};

/** What is wrong with the buttons of an element, or of a gallery's card. */
export const buttonsProblems = (path: string, buttons: readonly Button[] = []): Problems => {
  const tooMany = `${buttons.length} buttons; a message carries ${MOST_BUTTONS}: use fewer.`;
  return [
    ...(buttons.length > MOST_BUTTONS
      ? [problem(`${path}.buttons`, 'too_many_buttons', tooMany)]
      : []),
    ...buttons.flatMap((button, index) => buttonProblems(`${path}.buttons[${index}]`, button)),
  ];
};
