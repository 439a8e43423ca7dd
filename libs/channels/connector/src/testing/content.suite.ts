import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buttonsOf, type Element } from '@crier/contracts';
import fc from 'fast-check';
import type { Connector, RenderTarget } from '../connector.ts';
import type { ConnectorFacts } from './connector-facts.ts';

/** A person; refs and links name the button. */
export const someTarget = (
  address: string,
  variables: RenderTarget['variables'] = { first_name: 'Ann' },
): RenderTarget => ({
  address,
  variables,
  refOf: (button) => `ref-${button}-`.padEnd(40, 'x'),
  linkOf: (button) => `https://crier.example/r/link-${button}-`.padEnd(64, 'x'),
  keyOf: (part) => 1_000 + part,
});

/** What every connector promises about content. */
export const contentSuite = (facts: ConnectorFacts): void => {
  const { good, address } = facts;
  let connector: Connector;
  beforeAll(() => {
    connector = facts.open({ timeoutMs: 500 });
  });
  afterAll(() => connector.close());
  const bodies = (elements: readonly Element[], target: RenderTarget) =>
    connector
      .compile(elements, {})
      .render(target)
      .map(({ body }) => body);

  describe('check', () => {
    it('finds nothing wrong with good content, all of it or in parts', () => {
      expect(connector.check(good)).toEqual([]);
      for (const element of good) expect(connector.check([element])).toEqual([]);
      expect(connector.check([])).toEqual([]);
    });

    it.each(facts.bad)('says what is wrong: $title', ({ elements, problems }) => {
      const found = connector.check(elements);
      expect(found.map(({ path, code }) => [path, code])).toEqual(problems);
      for (const { message } of found) expect(message).toMatch(/^\p{Lu}|\{\{|\d/u);
    });

    it('refuses an element of a kind that it does not know', () => {
      const unknown = { type: 'hologram' } as unknown as Element;
      expect(connector.check([unknown])).toMatchObject([
        { path: 'elements[0].type', code: 'element_unknown' },
      ]);
    });
  });

  describe('render', () => {
    it('gives as many parts as were announced, at least one for each element', () => {
      const compiled = connector.compile(good, {});
      expect(compiled.render(someTarget(address))).toHaveLength(compiled.parts);
      expect(compiled.parts).toBeGreaterThanOrEqual(good.length);
    });

    it('is pure', () => {
      const compiled = connector.compile(good, {});
      const first = compiled.render(someTarget(address));
      compiled.render(someTarget(address, { first_name: 'Bob' }));
      expect(compiled.render(someTarget(address))).toEqual(first);
    });

    it('carries the ref of every message button and the tracked address of every other, once', () => {
      const text = bodies(good, someTarget(address)).join('\n');
      buttonsOf(good).forEach(({ kind }, button) => {
        const name = kind === 'message' ? `ref-${button}-` : `link-${button}-`;
        expect(text.split(name)).toHaveLength(2);
      });
    });

    it('says the value of a variable, or its fallback', () => {
      expect(bodies(good, someTarget(address)).join('')).toContain('Ann');
      expect(bodies(good, someTarget(address, {})).join('')).toContain('friend');
    });

    it('gives requests that can be read, whatever a variable holds', () => {
      fc.assert(
        fc.property(fc.string({ unit: 'binary' }), (value) => {
          for (const body of bodies(good, someTarget(address, { first_name: value })))
            expect(() => JSON.parse(body) as unknown).not.toThrow();
        }),
        { numRuns: 50 },
      );
    });
  });
};
