import type { Audience, MessageContent } from '@crier/contracts';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text as wholeText } from 'node:stream/consumers';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { WrongUsage } from '../faults.ts';
import type { World } from '../world.ts';

export type WantedStart = 'now' | { readonly local: string; readonly zone: string };

/** What `POST /v1/broadcasts` takes. */
export interface Draft {
  readonly name?: string;
  readonly message?: MessageContent;
  readonly audience?: Partial<Audience>;
  readonly settings?: { readonly speed: number };
}

export interface BroadcastFile {
  readonly draft: Draft;
  readonly start: WantedStart;
  /** The line on which `message.elements[0].text` and the like stand, from 1. */
  readonly lineOf: (path: string) => number | undefined;
}

const FIELDS = ['name', 'message', 'audience', 'settings', 'start'];

/** The text of a file, or of standard input for `-`. @throws WrongUsage */
export const readText = async (file: string, world: World): Promise<string> => {
  if (file === '-') return wholeText(world.stdin);
  try {
    return await readFile(resolve(world.directory, file), 'utf8');
  } catch (error) {
    throw new WrongUsage(`Cannot read ${file}: ${(error as Error).message}`, [], error);
  }
};

const stepsOf = (path: string): readonly (string | number)[] =>
  [...path.matchAll(/([^.[\]]+)/g)].map(([step]) => (/^\d+$/.test(step) ? Number(step) : step));

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const contentOf = (message: unknown): unknown =>
  isObject(message) && message['synchronised'] === undefined
    ? {
        synchronised: !isObject(message['channels']) || 'elements' in message,
        elements: [],
        ...message,
      }
    : message;

const parsed = (source: string, name: string) => {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: true });
  const [first] = document.errors;
  if (first)
    throw new WrongUsage(`${name} is not valid YAML.`, first.message.trimEnd().split('\n'));
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  if (!isObject(value))
    throw new WrongUsage(`${name} must hold one broadcast: ${FIELDS.join(', ')}.`);
  const lineOf = (path: string): number | undefined => {
    for (let steps = stepsOf(path); steps.length > 0; steps = steps.slice(0, -1)) {
      const node = document.getIn(steps, true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return undefined;
  };
  return { value, lineOf };
};

/** Reads one broadcast (YAML or JSON); what its fields hold is the server's to judge. @throws WrongUsage */
export const broadcastFile = (source: string, name: string): BroadcastFile => {
  const { value, lineOf } = parsed(source, name);
  const unknown = Object.keys(value).filter((key) => !FIELDS.includes(key));
  if (unknown.length > 0)
    throw new WrongUsage(
      `${name} has unknown fields.`,
      unknown.map((key) => `${key} (line ${lineOf(key) ?? 1}): known are ${FIELDS.join(', ')}`),
    );
  const { start = 'now', message, ...rest } = value;
  const draft = { ...rest, ...(message === undefined ? {} : { message: contentOf(message) }) };
  return { draft: draft as Draft, start: start as WantedStart, lineOf };
};
