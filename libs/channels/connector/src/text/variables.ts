import type { VariableValue } from '@crier/contracts';

/** A place in a text that is filled for each person: `{{name | fallback}}`. */
export interface Variable {
  readonly name: string;
  /** Plain text; empty where none was given. */
  readonly fallback: string;
}

/** What is wrong with a text, with a sentence that names the fix. */
export interface TextFault {
  readonly code: string;
  readonly message: string;
}

/** A text whose variables are replaced by marks that Markdown takes for letters. */
export interface MarkedText {
  readonly text: string;
  /** By the number in their marks. */
  readonly variables: readonly Variable[];
  readonly faults: readonly TextFault[];
}

// Noncharacters: Unicode promises that no text has them, so what is typed cannot be mistaken for a mark.
const MARKS = /[\uFDD0\uFDD1]/g;
const MARK = /\uFDD0(\d+)\uFDD1/;
const TOKEN = /\\.|\{\{([^{}\n]*)\}\}|\{\{/gsu;
const INSIDE = /^\s*([\p{L}_][\p{L}\p{N}_.-]{0,63})\s*(?:\|(.*))?$/su;

const PLAIN = /^[!-~][ -~]*$/;
const UNWANTED = /(?!\n)[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\uFDD0\uFDD1]/gu;
const VISIBLE = /[^\p{Cc}\p{Cf}\p{Cs}\p{Z}\u115F\u1160\u2800\u3164\uFFA0]/u;

/** Without control characters (line ends stay), broken characters and overrides of the direction of writing. */
export const cleaned = (text: string): string => text.replaceAll('\t', ' ').replace(UNWANTED, '');

/** True when a reader sees something. */
export const isVisible = (text: string): boolean => VISIBLE.test(text);

const UNCLOSED: TextFault = {
  code: 'variable_unclosed',
  message: 'A variable is opened with {{ and not closed: write {{name}} or {{name | fallback}}.',
};

const badName = (inside: string): TextFault => ({
  code: 'variable_name_invalid',
  message: `{{${inside}}} is no variable: a name has letters, digits, "_", "." and "-", and starts with a letter.`,
});

/** Reads `{{name}}` and `{{name | fallback}}`; `\{{` is text. What cannot be read stays as typed and is a fault. */
export const markVariables = (source: string): MarkedText => {
  const variables: Variable[] = [];
  const faults: TextFault[] = [];
  const text = source.replace(MARKS, '').replace(TOKEN, (token, inside: string | undefined) => {
    if (token.startsWith('\\')) return token;
    const [, name, fallback = ''] = INSIDE.exec(inside ?? '') ?? [];
    if (name !== undefined)
      return `\uFDD0${variables.push({ name, fallback: cleaned(fallback).trim() }) - 1}\uFDD1`;
    faults.push(inside === undefined ? UNCLOSED : badName(inside));
    return token;
  });
  return { text, variables, faults };
};

/** The texts between the marks and the variables behind them, in order. */
export const splitAtMarks = (
  text: string,
  variables: readonly Variable[],
): readonly (string | Variable)[] =>
  text
    .split(MARK)
    .map((piece, index) => (index % 2 === 0 ? piece : (variables[Number(piece)] ?? '')));

/** True when the text names a variable. */
export const hasVariables = (source: string): boolean => markVariables(source).variables.length > 0;

/** The person's value as plain text; a missing or invisible one gives the fallback. */
export const valueOf = (
  { name, fallback }: Variable,
  values: Readonly<Record<string, VariableValue>>,
): string => {
  const value: unknown = values[name];
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return fallback;
  if (PLAIN.test(value)) return value;
  const text = cleaned(value);
  return isVisible(text) ? text : fallback;
};
