let count = 0;
const keys = new WeakMap<object, string>();

/** A key of an element, a card or a button that has none of its own: it stays while the thing is edited and moved. */
export const keyOf = (thing: object): string => {
  const known = keys.get(thing);
  if (known !== undefined) return known;
  count += 1;
  const key = `k${count}`;
  keys.set(thing, key);
  return key;
};

/** The same thing, changed. */
export const edited = <T extends object>(before: object, after: T): T => {
  keys.set(after, keyOf(before));
  return after;
};
