import type { Audience, Filter, Route } from '@crier/contracts';
import { conditionReaders } from './filter-conditions.ts';
import { isObject, Problems, type FilterProblem } from './filter-problems.ts';
import { readRoute } from './route-json.ts';

export type { FilterProblem } from './filter-problems.ts';

/** The tree that a filter's JSON describes, or everything that is wrong with it (at most 20 problems). */
export type ParsedFilter =
  | { readonly ok: true; readonly filter: Filter }
  | { readonly ok: false; readonly problems: readonly FilterProblem[] };

/** As {@link ParsedFilter}, for filter and route together. */
export type ParsedAudience =
  | { readonly ok: true; readonly audience: Audience }
  | { readonly ok: false; readonly problems: readonly FilterProblem[] };

const MAX_LEVELS = 16;
const MAX_CONDITIONS = 200;
/** Each stands for a set of people that is held in memory while the filter is asked. */
const MAX_BEHAVIOURS = 10;
const GROUPS = ['all', 'any', 'none'] as const;

type Group = (typeof GROUPS)[number];

const KINDS: readonly string[] = [...GROUPS, ...Object.keys(conditionReaders)];
const KNOWN = KINDS.join(', ');

const isGroup = (kind: string): kind is Group => (GROUPS as readonly string[]).includes(kind);

const grouped = (kind: Group, parts: readonly Filter[]): Filter =>
  kind === 'all' ? { all: parts } : kind === 'any' ? { any: parts } : { none: parts };

/** One reading of one tree: counts what it has seen, so that no input makes it long or deep. */
class FilterReader {
  readonly #problems: Problems;
  #conditions = 0;
  #groups = 0;
  #behaviours = 0;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  read(json: unknown, path: string, level: number): Filter | undefined {
    if (this.#isTooLarge() || !this.#isShallow(path, level)) return undefined;
    if (!isObject(json)) {
      this.#problems.add(
        path,
        'FILTER_NOT_AN_OBJECT',
        `Write a condition here, such as {"tag": "vip"}.`,
      );
      return undefined;
    }
    const kind = this.#kindOf(json, path);
    if (kind === undefined) return undefined;
    return isGroup(kind) ? this.#group(kind, json, path, level) : this.#condition(kind, json, path);
  }

  #kindOf(json: Readonly<Record<string, unknown>>, path: string): string | undefined {
    const kinds = KINDS.filter((kind) => Object.hasOwn(json, kind));
    const [kind] = kinds;
    if (kind !== undefined && kinds.length === 1) return kind;

    const unknown = Object.keys(json).filter((key) => !KINDS.includes(key));
    if (kinds.length > 1) {
      this.#problems.add(
        path,
        'FILTER_AMBIGUOUS',
        `Write ${kinds.join(' and ')} as separate conditions inside {"all": […]}.`,
      );
    } else if (unknown.length === 0) {
      this.#problems.add(path, 'FILTER_EMPTY', `Write one condition here; known are ${KNOWN}.`);
    }
    if (kinds.length === 0) this.#unknownKeys(unknown, path, KNOWN);
    return undefined;
  }

  #group(
    kind: Group,
    json: Readonly<Record<string, unknown>>,
    path: string,
    level: number,
  ): Filter | undefined {
    this.#groups += 1;
    this.#unknownKeys(
      Object.keys(json).filter((key) => key !== kind),
      path,
      kind,
    );
    const parts = json[kind];
    const where = `${path}.${kind}`;
    if (!Array.isArray(parts)) {
      this.#problems.add(
        where,
        'FILTER_GROUP_NOT_A_LIST',
        `Write a list of conditions: {"${kind}": […]}.`,
      );
      return undefined;
    }
    const read: Filter[] = [];
    for (const [index, part] of parts.entries()) {
      const filter = this.read(part, `${where}[${index}]`, level + 1);
      if (filter) read.push(filter);
      if (this.#isTooLarge()) break;
    }
    return grouped(kind, read);
  }

  #condition(kind: string, json: Readonly<Record<string, unknown>>, path: string) {
    this.#conditions += 1;
    if (this.#isTooLarge()) return undefined;
    const reader = conditionReaders[kind];
    if (!reader) return undefined;
    if (kind === 'behaviour') this.#countBehaviour();
    const known = [kind, ...reader.keys];
    const unknown = Object.keys(json).filter((key) => !known.includes(key));
    this.#unknownKeys(unknown, path, known.join(', '));
    return reader.read(json, path, this.#problems);
  }

  #countBehaviour(): void {
    this.#behaviours += 1;
    if (this.#behaviours <= MAX_BEHAVIOURS) return;
    this.#problems.addOnce(
      'filter',
      'FILTER_TOO_MANY_BEHAVIOURS',
      `Ask for at most ${MAX_BEHAVIOURS} behaviours; {"lastDays": 30} stands for many broadcasts.`,
    );
  }

  #unknownKeys(keys: readonly string[], path: string, known: string): void {
    for (const key of keys.slice(0, 20)) {
      this.#problems.add(
        `${path}.${key.slice(0, 64)}`,
        'FILTER_UNKNOWN_KEY',
        `Remove this key; known here: ${known}.`,
      );
    }
  }

  #isShallow(path: string, level: number): boolean {
    if (level <= MAX_LEVELS) return true;
    this.#problems.add(
      path,
      'FILTER_TOO_DEEP',
      `Nest groups at most ${MAX_LEVELS} levels deep; merge inner groups into outer ones.`,
    );
    return false;
  }

  #isTooLarge(): boolean {
    if (this.#conditions <= MAX_CONDITIONS && this.#groups <= MAX_CONDITIONS) return false;
    this.#problems.addOnce(
      'filter',
      'FILTER_TOO_LARGE',
      `Use at most ${MAX_CONDITIONS} conditions; a tag set by an import can stand for many.`,
    );
    return true;
  }
}

/** Reads a filter tree of any JSON: at most 16 levels, 200 conditions and 256 characters a text. Never throws. */
export const parseFilter = (json: unknown): ParsedFilter => {
  const problems = new Problems();
  const filter = new FilterReader(problems).read(json, 'filter', 1);
  return filter && problems.isEmpty()
    ? { ok: true, filter }
    : { ok: false, problems: problems.list() };
};

/** Reads filter and route of an audience; the route is `main` where absent. Never throws. */
export const parseAudience = (json: unknown): ParsedAudience => {
  const problems = new Problems();
  if (!isObject(json)) {
    problems.add('audience', 'AUDIENCE_NOT_AN_OBJECT', 'Write {"filter": …, "route": "main"}.');
    return { ok: false, problems: problems.list() };
  }
  for (const key of Object.keys(json)) {
    if (key === 'filter' || key === 'route') continue;
    problems.add(
      key.slice(0, 64),
      'AUDIENCE_UNKNOWN_KEY',
      'Remove this key; known here: filter, route.',
    );
  }
  if (json.filter === undefined) {
    problems.add(
      'filter',
      'AUDIENCE_FILTER_MISSING',
      'Say who is meant, such as {"status": "enabled"}.',
    );
  }
  const filter =
    json.filter === undefined
      ? undefined
      : new FilterReader(problems).read(json.filter, 'filter', 1);
  const route: Route | undefined =
    json.route === undefined ? 'main' : readRoute(json.route, problems);
  return filter && route !== undefined && problems.isEmpty()
    ? { ok: true, audience: { filter, route } }
    : { ok: false, problems: problems.list() };
};
