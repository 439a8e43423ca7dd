import {
  connectionsMatch,
  doersOf,
  isWithin,
  languageMatches,
  spanOf,
  valueMatches,
  type AskedAudience,
  type ConnectionCondition,
  type ContactCondition,
} from '@crier/audience';
import type { Filter, Moments, VariableValue } from '@crier/contracts';
import { allBits, and, inverted, isEmpty, noBits, or, type Bits } from './bits.ts';
import { unpackCoded, unpackMoments, unpackSet, type Coded } from './columns.ts';
import {
  CONNECTIONS,
  connectionsOf,
  FIRST_CONTACT,
  LANGUAGE,
  LAST_ACTIVE,
  TAG,
  TUNNEL,
  VARIABLE,
} from './facets.ts';
import { membersOf } from './members.ts';

/** The columns of one segment. */
export interface Columns {
  readonly size: number;
  facet(name: string): Uint8Array | undefined;
  /** The contacts' ids, one after another. */
  ids(): Uint8Array;
}

const codedBits = <Value>(
  { values, codes }: Coded<Value>,
  size: number,
  test: (value: Value | undefined) => boolean,
): Bits => {
  const answers = new Uint8Array(values.length + 1);
  answers[0] = test(undefined) ? 1 : 0;
  for (let at = 0; at < values.length; at += 1) answers[at + 1] = test(values[at]) ? 1 : 0;
  const bits = noBits(size);
  for (let at = 0; at < bits.words.length; at += 1) {
    const from = at * 32;
    const end = Math.min(from + 32, size);
    let word = 0;
    for (let position = from; position < end; position += 1) {
      word |= (answers[codes[position] ?? 0] ?? 0) << (position & 31);
    }
    bits.words[at] = word;
  }
  return bits;
};

/**
 * Evaluates one filter on the columns of segments. A condition on coded values asks the domain's own rule once per distinct
 * value, so that the index cannot mean anything else than {@link matches} does.
 */
export class FilterEvaluation {
  readonly #audience: AskedAudience;
  readonly #now: string;
  readonly #known = new Map<ConnectionCondition, Map<string | undefined, boolean>>();

  constructor(audience: AskedAudience, now: string) {
    this.#audience = audience;
    this.#now = now;
  }

  /** Whom of the segment the filter finds. */
  bits(columns: Columns): Bits {
    return this.#group(this.#audience.filter, columns);
  }

  #group(filter: Filter, columns: Columns): Bits {
    if ('all' in filter) {
      const found = allBits(columns.size);
      for (const part of filter.all) {
        if (isEmpty(found)) break;
        and(found, this.#group(part, columns));
      }
      return found;
    }
    if ('any' in filter) return this.#union(filter.any, columns);
    if ('none' in filter) return inverted(this.#union(filter.none, columns));
    if ('behaviour' in filter) return membersOf(doersOf(this.#audience, filter.behaviour), columns);
    return this.#condition(filter, columns);
  }

  #union(parts: readonly Filter[], columns: Columns): Bits {
    const found = noBits(columns.size);
    for (const part of parts) or(found, this.#group(part, columns));
    return found;
  }

  #condition(asked: ContactCondition, columns: Columns): Bits {
    const { size } = columns;
    if ('tag' in asked) return unpackSet(columns.facet(TAG + asked.tag), size);
    if ('tunnel' in asked) return unpackSet(columns.facet(TUNNEL + asked.tunnel), size);
    if ('firstContact' in asked) return this.#moments(FIRST_CONTACT, asked.firstContact, columns);
    if ('lastActive' in asked) return this.#moments(LAST_ACTIVE, asked.lastActive, columns);
    if ('language' in asked) {
      const column = unpackCoded<string>(columns.facet(LANGUAGE), size);
      return codedBits(column, size, (language) => languageMatches(asked.language, language));
    }
    if ('variable' in asked) {
      const column = unpackCoded<VariableValue>(columns.facet(VARIABLE + asked.variable), size);
      return codedBits(column, size, (value) => valueMatches(asked, value));
    }
    const column = unpackCoded<string>(columns.facet(CONNECTIONS), size);
    return codedBits(column, size, (signature) => this.#connections(asked, signature));
  }

  #connections(asked: ConnectionCondition, signature: string | undefined): boolean {
    const known = this.#known.get(asked) ?? new Map<string | undefined, boolean>();
    this.#known.set(asked, known);
    const before = known.get(signature);
    if (before !== undefined) return before;
    const answer = connectionsMatch(asked, connectionsOf(signature), this.#audience.route);
    known.set(signature, answer);
    return answer;
  }

  #moments(facet: string, asked: Moments, columns: Columns): Bits {
    const span = spanOf(asked, this.#now);
    const moments = unpackMoments(columns.facet(facet), columns.size);
    const bits = noBits(columns.size);
    for (let at = 0; at < bits.words.length; at += 1) {
      const from = at * 32;
      const end = Math.min(from + 32, columns.size);
      let word = 0;
      for (let position = from; position < end; position += 1) {
        if (isWithin(span, moments[position] ?? 0)) word |= 1 << (position & 31);
      }
      bits.words[at] = word;
    }
    return bits;
  }
}
