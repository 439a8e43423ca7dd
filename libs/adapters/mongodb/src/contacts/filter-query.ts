import {
  countOf,
  doersOf,
  spanOf,
  textsOf,
  valueMatches,
  type AskedAudience,
} from '@crier/audience';
import type {
  Behaviour,
  Filter,
  Moments,
  VariableCondition,
  VariableValue,
} from '@crier/contracts';
import { storable } from './contact-document.ts';

/** A query in MongoDB's own form. */
export type Query = Readonly<Record<string, unknown>>;

/** Which documents: those of a query, all, or none. */
export type Documents = Query | 'all' | 'none';

/**
 * What a filter finds, between two bounds: everybody in `sure` is found, nobody outside of `possible` is. Where MongoDB can
 * say exactly what the filter means, both are the same object.
 */
export interface Bounds {
  readonly possible: Documents;
  readonly sure: Documents;
}

/** So many people are named in a query, some ten kilobytes; whether one is among more of them is seen where they are known. */
const MOST_NAMED = 2_000;

/**
 * The bounds of an audience's filter at a moment. What they mean is fixed by `matches` of the domain.
 * @throws BehaviourUnresolved
 */
export const boundsOf = (audience: AskedAudience, now: string): Bounds =>
  new Translation(audience, now).bounds(audience.filter);

export const isExact = ({ possible, sure }: Bounds): boolean => possible === sure;

const exactly = (documents: Documents): Bounds => ({ possible: documents, sure: documents });

const allOf = (parts: readonly Documents[]): Documents => {
  if (parts.includes('none')) return 'none';
  const asked = parts.filter((part) => typeof part !== 'string');
  return joined('$and', asked) ?? 'all';
};

const anyOf = (parts: readonly Documents[]): Documents => {
  if (parts.includes('all')) return 'all';
  const asked = parts.filter((part) => typeof part !== 'string');
  return joined('$or', asked) ?? 'none';
};

const joined = (operator: '$and' | '$or', queries: readonly Query[]): Query | undefined =>
  queries.length > 1 ? { [operator]: queries } : queries[0];

const opposite = (documents: Documents): Documents => {
  if (documents === 'all') return 'none';
  return documents === 'none' ? 'all' : { $nor: [documents] };
};

/** Applies the same to both bounds, once where they are one. */
const combined = (
  bounds: readonly Bounds[],
  combine: (parts: readonly Documents[]) => Documents,
): Bounds => {
  const possible = combine(bounds.map((one) => one.possible));
  return bounds.every(isExact)
    ? exactly(possible)
    : { possible, sure: combine(bounds.map((one) => one.sure)) };
};

const not = (bounds: Bounds): Bounds =>
  isExact(bounds)
    ? exactly(opposite(bounds.possible))
    : { possible: opposite(bounds.sure), sure: opposite(bounds.possible) };

// Half a pair has no form in UTF-8: it would be stored as another sign, and find that. No contact has such a text.
const isStorable = (text: string): boolean => !/\p{Surrogate}/u.test(text);

/** Who has this very text in a field. */
const text = (value: string, query: Query): Bounds => exactly(isStorable(value) ? query : 'none');

class Translation {
  readonly #audience: AskedAudience;
  readonly #now: string;

  constructor(audience: AskedAudience, now: string) {
    this.#audience = audience;
    this.#now = now;
  }

  bounds(asked: Filter): Bounds {
    if ('all' in asked) return combined(this.#parts(asked.all), allOf);
    if ('any' in asked) return combined(this.#parts(asked.any), anyOf);
    if ('none' in asked) return not(combined(this.#parts(asked.none), anyOf));
    if ('firstContact' in asked) return this.#moments('firstContactAt', asked.firstContact);
    if ('lastActive' in asked) return this.#moments('lastActiveAt', asked.lastActive);
    if ('variable' in asked) return variableBounds(asked);
    if ('status' in asked) return exactly(this.#status(asked.status));
    if ('behaviour' in asked) return this.#doers(asked.behaviour);
    return textBounds(asked);
  }

  #parts(parts: readonly Filter[]): readonly Bounds[] {
    return parts.map((part) => this.bounds(part));
  }

  #moments(field: 'firstContactAt' | 'lastActiveAt', asked: Moments): Bounds {
    const { from, to } = spanOf(asked, this.#now);
    if (from === Infinity || to === -Infinity) return exactly('none');
    const range = {
      ...(from === -Infinity ? {} : { $gte: new Date(Math.ceil(from)) }),
      ...(to === Infinity ? {} : { $lt: new Date(to) }),
    };
    return exactly(Object.keys(range).length === 0 ? 'all' : { [field]: range });
  }

  #doers(asked: Behaviour): Bounds {
    const people = doersOf(this.#audience, asked);
    const count = countOf(people);
    if (count === 0) return exactly('none');
    return count <= MOST_NAMED
      ? exactly({ _id: { $in: textsOf(people) } })
      : { possible: 'all', sure: 'none' };
  }

  #status(status: string): Documents {
    const { route } = this.#audience;
    if (route === 'main') return { connections: { $elemMatch: { main: true, status } } };
    const bots = route.bots.filter(isStorable);
    return { connections: { $elemMatch: { botId: { $in: bots }, status } } };
  }
}

type TextCondition = Extract<
  Filter,
  | { tag: unknown }
  | { tunnel: unknown }
  | { language: unknown }
  | { channel: unknown }
  | { bot: unknown }
>;

const textBounds = (asked: TextCondition): Bounds => {
  if ('tag' in asked) return text(asked.tag, { tags: asked.tag });
  if ('tunnel' in asked) return text(asked.tunnel, { tunnels: asked.tunnel });
  if ('bot' in asked) return text(asked.bot, { 'connections.botId': asked.bot });
  if ('channel' in asked) return text(asked.channel, { 'connections.channel': asked.channel });
  const range = asked.language.toLowerCase();
  return text(range, { ranges: range });
};

const valueIs = (name: string, value: unknown): Query => ({
  variables: { $elemMatch: { name, value } },
});

const equal = (name: string, value: VariableValue): Bounds =>
  typeof value === 'string'
    ? text(value, valueIs(name, value))
    : exactly(valueIs(name, storable(value)));

const variableBounds = (asked: VariableCondition): Bounds => {
  const name = asked.variable;
  if (!isStorable(name)) return exactly(valueMatches(asked, undefined) ? 'all' : 'none');
  const present = { 'variables.name': name };
  const parts: Bounds[] = [];
  const { is, isNot, above, below, contains, exists } = asked;
  if (is !== undefined) parts.push(equal(name, is));
  if (isNot !== undefined) parts.push(not(equal(name, isNot)));
  if (above !== undefined) parts.push(ordered(name, '$gt', above));
  if (below !== undefined) parts.push(ordered(name, '$lt', below));
  if (contains !== undefined) parts.push({ possible: present, sure: 'none' });
  if (exists !== undefined) parts.push(exists ? exactly(present) : not(exactly(present)));
  return combined(parts, allOf);
};

// MongoDB compares texts by their bytes, the domain by UTF-16 units: the order differs for rare signs.
const ordered = (name: string, operator: '$gt' | '$lt', limit: VariableValue): Bounds => {
  if (typeof limit === 'number') {
    return exactly(valueIs(name, { [operator]: storable(limit) }));
  }
  return typeof limit === 'string'
    ? { possible: { 'variables.name': name }, sure: 'none' }
    : exactly('none');
};
