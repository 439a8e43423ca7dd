import type { Compiled, Part, RenderTarget } from './connector.ts';

/** What a rendering asked for, and what it was told. */
interface Asked {
  readonly refs: Map<number, string>;
  readonly keys: Map<number, number>;
  /** It looked at something that is one person's alone. */
  isPersonal: boolean;
}

/** The same target, which notes what is asked of it. */
const watched = (target: RenderTarget, asked: Asked): RenderTarget => {
  const personal = (): void => {
    asked.isPersonal = true;
  };
  const variables = new Proxy(target.variables, {
    get: (values, name: string) => (personal(), values[name]),
    has: (values, name) => (personal(), name in values),
    ownKeys: (values) => (personal(), Reflect.ownKeys(values)),
  });
  return {
    get address() {
      personal();
      return target.address;
    },
    variables,
    refOf: (button) => {
      const ref = target.refOf(button);
      asked.refs.set(button, ref);
      return ref;
    },
    linkOf: (button) => {
      personal();
      return target.linkOf(button);
    },
    keyOf: (part) => {
      const key = target.keyOf(part);
      asked.keys.set(part, key);
      return key;
    },
  };
};

const wouldHear = ({ refs, keys }: Asked, target: RenderTarget): boolean => {
  for (const [button, ref] of refs) if (target.refOf(button) !== ref) return false;
  for (const [part, key] of keys) if (target.keyOf(part) !== key) return false;
  return true;
};

/**
 * Renders once what says the same to everybody: a rendering is pure, so one that looked at nothing of its person gives the
 * same parts, the very same objects, to whoever has the same refs and keys.
 */
export const renderedOnce = (compiled: Compiled): Compiled => {
  let asked: Asked | undefined;
  let rendered: readonly Part[] = [];
  const render = (target: RenderTarget): readonly Part[] => {
    if (asked?.isPersonal === true) return compiled.render(target);
    if (asked !== undefined && wouldHear(asked, target)) return rendered;
    asked = { refs: new Map(), keys: new Map(), isPersonal: false };
    rendered = compiled.render(watched(target, asked));
    return rendered;
  };
  return { parts: compiled.parts, render };
};
