/** What marks a payload whose rest is a ref of Crier's. */
export const REF_PREFIX = 'c:';

const REF = /^[\w-]{1,62}$/;

/** The payload of a message button; VK takes JSON objects only. */
export const payloadOf = (ref: string): string => JSON.stringify({ press: REF_PREFIX + ref });

const objectIn = (payload: unknown): unknown => {
  if (typeof payload !== 'string') return payload;
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
};

/** The ref in a payload, which comes as an object or as text; `undefined`: it is none of Crier's. */
export const refIn = (payload: unknown): string | undefined => {
  const object = objectIn(payload);
  if (typeof object !== 'object' || object === null || !('press' in object)) return undefined;
  const { press } = object;
  if (typeof press !== 'string' || !press.startsWith(REF_PREFIX)) return undefined;
  const ref = press.slice(REF_PREFIX.length);
  return REF.test(ref) ? ref : undefined;
};
