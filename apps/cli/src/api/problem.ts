import { Refused } from '../faults.ts';
import type { ProblemDocument } from './shapes.ts';

const isProblem = (body: unknown): body is ProblemDocument =>
  typeof body === 'object' && body !== null && 'detail' in body && 'code' in body;

const documentOf = (status: number, text: string): ProblemDocument => {
  const body = jsonOr(text);
  if (isProblem(body)) return body;
  const detail = `The server answered ${status} without saying why. Is something else listening there?`;
  return { title: 'Problem', status, detail, code: `HTTP_${status}` };
};

const jsonOr = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const ADVICE: Readonly<Record<number, string>> = {
  401: 'Give a valid token: --token, CRIER_TOKEN, or run where <data>/admin-token is. `crier doctor` tells which one was used.',
  403: 'This needs a token with another role; an admin makes one: crier token create NAME --role operator.',
};

const linesOf = ({ status, errors = [] }: ProblemDocument): readonly string[] => {
  const advice = ADVICE[status];
  const faults = errors.map(({ path, message }) => `${path === '' ? 'body' : path}: ${message}`);
  return [...faults, ...(advice === undefined ? [] : [advice])];
};

/** The server refused: its sentence, and under it one line for each field. */
export class ServerRefused extends Refused {
  readonly document: ProblemDocument;

  constructor(document: ProblemDocument) {
    super(`${document.detail} [${document.code}]`, linesOf(document));
    this.document = document;
  }

  static from(status: number, body: string): ServerRefused {
    return new ServerRefused(documentOf(status, body));
  }
}
