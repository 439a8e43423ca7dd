import { parseAudience, type BotRegistry, type ContactDirectory } from '@crier/audience';
import type { Audience, Filter } from '@crier/contracts';
import type { BroadcastReader } from '../broadcasts/broadcast-reader.ts';
import { Problem, type Fault } from '../problems/problem.ts';
import { unknownVariables, type NamedVariable } from './variable-names.ts';

interface Named {
  readonly bots: { readonly id: string; readonly path: string }[];
  readonly variables: NamedVariable[];
  readonly broadcasts: { readonly id: string; readonly path: string }[];
}

export interface AudienceRulesDeps {
  readonly bots: BotRegistry;
  readonly directory: ContactDirectory;
  readonly reader: BroadcastReader;
}

const groupOf = (filter: Filter): readonly [name: string, parts: readonly Filter[]] | undefined => {
  if ('all' in filter) return ['all', filter.all];
  if ('any' in filter) return ['any', filter.any];
  return 'none' in filter ? ['none', filter.none] : undefined;
};

const collect = (filter: Filter, path: string, named: Named): void => {
  const group = groupOf(filter);
  if (group) {
    for (const [index, part] of group[1].entries())
      collect(part, `${path}.${group[0]}[${index}]`, named);
    return;
  }
  if ('bot' in filter) named.bots.push({ id: filter.bot, path: `${path}.bot` });
  if ('variable' in filter)
    named.variables.push({ name: filter.variable, path: `${path}.variable` });
  if ('behaviour' in filter && filter.behaviour.broadcast !== undefined)
    named.broadcasts.push({ id: filter.behaviour.broadcast, path: `${path}.behaviour.broadcast` });
};

/** What has to be true of an audience beyond its form: its bots and broadcasts exist, and somebody has its variables. */
export class AudienceRules {
  readonly #deps: AudienceRulesDeps;

  constructor(deps: AudienceRulesDeps) {
    this.#deps = deps;
  }

  /**
   * The audience that JSON describes. `at` stands before the paths of what is wrong.
   * @throws Problem AUDIENCE_INVALID, UNKNOWN_BOT, UNKNOWN_VARIABLE; Unavailable
   */
  async read(json: unknown, at = ''): Promise<Audience> {
    const parsed = parseAudience(json);
    if (!parsed.ok) throw refused(parsed.problems, at);
    const { audience } = parsed;
    const named: Named = { bots: [], variables: [], broadcasts: [] };
    collect(audience.filter, 'filter', named);
    if (audience.route !== 'main')
      for (const [index, id] of audience.route.bots.entries())
        named.bots.push({ id, path: `route.bots[${index}]` });

    const faults = [
      ...(await this.#unknownBots(named.bots)),
      ...(await unknownVariables(this.#deps.directory, named.variables)),
      ...(await this.#unknownBroadcasts(named.broadcasts)),
    ];
    if (faults.length > 0) throw refused(faults, at);
    return audience;
  }

  async #unknownBots(named: Named['bots']): Promise<readonly Fault[]> {
    if (named.length === 0) return [];
    const known = new Set((await this.#deps.bots.list()).map(({ id }) => id));
    return named
      .filter(({ id }) => !known.has(id))
      .map(({ id, path }) => ({
        path,
        code: 'UNKNOWN_BOT',
        message: `There is no bot ${id.slice(0, 64)}; see GET /v1/bots.`,
      }));
  }

  /** A deleted broadcast counts as well: what people got of it stays known. */
  async #unknownBroadcasts(named: Named['broadcasts']): Promise<readonly Fault[]> {
    const faults: Fault[] = [];
    for (const { id, path } of named) {
      if (await this.#deps.reader.isKnown(id)) continue;
      const message = `There was never a broadcast ${id.slice(0, 64)}; see GET /v1/broadcasts.`;
      faults.push({ path, code: 'UNKNOWN_BROADCAST', message });
    }
    return faults;
  }
}

const OWN_CODES = ['UNKNOWN_BOT', 'UNKNOWN_VARIABLE'];

const refused = (faults: readonly Fault[], at: string): Problem => {
  const errors = faults.slice(0, 20).map((fault) => ({ ...fault, path: at + fault.path }));
  const [first] = errors;
  const code =
    first !== undefined && OWN_CODES.includes(first.code) ? first.code : 'AUDIENCE_INVALID';
  return new Problem(code, `${first?.path ?? 'filter'}: ${first?.message ?? 'not valid'}`, {
    errors,
  });
};
