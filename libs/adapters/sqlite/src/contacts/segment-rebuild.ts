import type { Contact } from '@crier/contracts';
import { positions } from './bits.ts';
import {
  packCoded,
  packMoments,
  packSet,
  unpackCoded,
  unpackMoments,
  unpackSet,
} from './columns.ts';
import {
  codedOf,
  FIRST_CONTACT,
  isMoments,
  isSet,
  LAST_ACTIVE,
  momentOf,
  setsOf,
} from './facets.ts';

/** A segment as it was, and what takes each place in the new one. */
export interface Rebuild {
  readonly oldSize: number;
  readonly oldFacets: ReadonlyMap<string, Uint8Array>;
  /** For each new position: the old position (≥ 0), or −1 − the index in `changed`. */
  readonly slots: Int32Array;
  readonly changed: readonly Contact[];
}

interface Placed<Value> {
  readonly position: number;
  readonly value: Value;
}

const appended = <Value>(lists: Map<string, Value[]>, name: string, value: Value): void => {
  const list = lists.get(name);
  if (list) list.push(value);
  else lists.set(name, [value]);
};

const changedPlaces = ({ slots, changed }: Rebuild): readonly Placed<Contact>[] => {
  const places: Placed<Contact>[] = [];
  for (const [position, slot] of slots.entries()) {
    const value = slot < 0 ? changed[-1 - slot] : undefined;
    if (value) places.push({ position, value });
  }
  return places;
};

const rebuiltSets = (
  rebuild: Rebuild,
  places: readonly Placed<Contact>[],
): ReadonlyMap<string, Uint8Array> => {
  const { oldSize, oldFacets, slots } = rebuild;
  const moved = new Int32Array(oldSize).fill(-1);
  for (const [position, slot] of slots.entries()) if (slot >= 0) moved[slot] = position;

  const members = new Map<string, number[]>();
  for (const [name, data] of oldFacets) {
    if (!isSet(name)) continue;
    for (const old of positions(unpackSet(data, oldSize))) {
      const position = moved[old] ?? -1;
      if (position >= 0) appended(members, name, position);
    }
  }
  for (const { position, value } of places) {
    for (const name of setsOf(value)) appended(members, name, position);
  }
  return new Map(
    [...members].map(([name, list]) => [
      name,
      packSet(Uint16Array.from(list).sort(), slots.length),
    ]),
  );
};

/** Numbers values by their first appearance, so that the same column always has the same bytes. */
class Dictionary {
  readonly values: unknown[] = [];
  readonly #codes = new Map<string, number>();

  codeOf(value: unknown): number {
    const key = typeof value === 'string' ? `"${value}` : String(value);
    const known = this.#codes.get(key);
    if (known !== undefined) return known;
    this.values.push(value);
    this.#codes.set(key, this.values.length);
    return this.values.length;
  }
}

const rebuiltCoded = (
  rebuild: Rebuild,
  name: string,
  placed: readonly Placed<unknown>[],
): Uint8Array | undefined => {
  const { slots, oldFacets, oldSize } = rebuild;
  const old = unpackCoded<unknown>(oldFacets.get(name), oldSize);
  const given = new Map(placed.map(({ position, value }) => [position, value]));
  const dictionary = new Dictionary();
  const translated = new Uint16Array(old.values.length + 1);
  const codes = new Uint16Array(slots.length);
  for (let position = 0; position < slots.length; position += 1) {
    const slot = slots[position] ?? 0;
    if (slot < 0) {
      if (given.has(position)) codes[position] = dictionary.codeOf(given.get(position));
      continue;
    }
    const code = old.codes[slot] ?? 0;
    if (code === 0) continue;
    translated[code] ||= dictionary.codeOf(old.values[code - 1]);
    codes[position] = translated[code] ?? 0;
  }
  return dictionary.values.length === 0 ? undefined : packCoded(codes, dictionary.values);
};

const rebuiltMoments = (
  { slots, oldFacets, oldSize }: Rebuild,
  name: string,
  places: readonly Placed<Contact>[],
): Uint8Array => {
  const old = unpackMoments(oldFacets.get(name), oldSize);
  const moments = new Float64Array(slots.length);
  for (const [position, slot] of slots.entries()) {
    if (slot >= 0) moments[position] = old[slot] ?? 0;
  }
  for (const { position, value } of places) moments[position] = momentOf(value, name);
  return packMoments(moments);
};

/** All columns of the new segment. A column without any value is missing. */
export const rebuiltFacets = (rebuild: Rebuild): ReadonlyMap<string, Uint8Array> => {
  const places = changedPlaces(rebuild);
  const facets = new Map(rebuiltSets(rebuild, places));

  const coded = new Map<string, Placed<unknown>[]>();
  for (const name of rebuild.oldFacets.keys()) {
    if (!isSet(name) && !isMoments(name)) coded.set(name, []);
  }
  for (const { position, value: contact } of places) {
    for (const [name, value] of codedOf(contact)) appended(coded, name, { position, value });
  }
  for (const [name, placed] of coded) {
    const data = rebuiltCoded(rebuild, name, placed);
    if (data) facets.set(name, data);
  }
  for (const name of [FIRST_CONTACT, LAST_ACTIVE]) {
    facets.set(name, rebuiltMoments(rebuild, name, places));
  }
  return facets;
};
