import { describe, expect, it } from '@jest/globals';
import type { Compiled, RenderTarget } from './connector.ts';
import { renderedOnce } from './render-once.ts';

const target = (own: Partial<RenderTarget> = {}): RenderTarget => ({
  address: 'anna',
  variables: { first_name: 'Anna' },
  refOf: (button) => `ref-${button}`,
  linkOf: (button) => `link-${button}`,
  keyOf: (part) => part + 1,
  ...own,
});

/** Content of one part that says what `words` says, and how often it was rendered. */
const content = (words: (target: RenderTarget) => string) => {
  let times = 0;
  const compiled: Compiled = {
    parts: 1,
    render: (person) => {
      times += 1;
      return [{ method: 'send', body: words(person) }];
    },
  };
  const { parts, render } = renderedOnce(compiled);
  return { parts, say: (person: RenderTarget) => render(person)[0], times: () => times };
};

describe('content that is rendered once', () => {
  it('gives the same part to everybody to whom it says the same', () => {
    const { parts, say, times } = content(({ refOf, keyOf }) => `${refOf(0)} ${keyOf(0)}`);
    const first = say(target());
    expect(parts).toBe(1);
    expect(first?.body).toBe('ref-0 1');
    expect(say(target({ address: 'bohdan', variables: {} }))).toBe(first);
    expect(times()).toBe(1);
  });

  it.each([
    ['a variable', ({ variables }: RenderTarget) => String(variables['first_name'])],
    ['whether there is a variable', ({ variables }) => String('last_name' in variables)],
    ['all variables', ({ variables }) => JSON.stringify(variables)],
    ['a link', ({ linkOf }) => linkOf(0)],
    ['the address', ({ address }) => address],
  ] as [string, (target: RenderTarget) => string][])(
    'is rendered for each where it shows %s',
    (_what, words) => {
      const { say, times } = content(words);
      say(target());
      const other = target({
        address: 'bohdan',
        variables: { first_name: 'Bohdan', last_name: 'K' },
        linkOf: () => 'his',
      });
      expect(say(other)?.body).toBe(words(other));
      expect(say(target())?.body).toBe(words(target()));
      expect(times()).toBe(3);
    },
  );

  it('is rendered again for other refs, and for another key', () => {
    const { say, times } = content(({ refOf, keyOf }) => `${refOf(0)} ${keyOf(0)}`);
    say(target());
    expect(say(target({ refOf: () => 'newer' }))?.body).toBe('newer 1');
    expect(say(target({ refOf: () => 'newer', keyOf: () => 7 }))?.body).toBe('newer 7');
    expect(times()).toBe(3);
  });
});
