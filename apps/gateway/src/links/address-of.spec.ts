import { describe, expect, it } from '@jest/globals';
import { addressOf } from './address-of.ts';
import type { LinkTarget } from './link-targets.ts';

const utm = { source: 'crier', medium: 'telegram', campaign: 'a&b' };
const ADDED = 'utm_source=crier&utm_medium=telegram&utm_campaign=a%26b';

const leading = (kind: LinkTarget['kind'], url: string, more: Partial<LinkTarget> = {}): string =>
  addressOf({ kind, url, botId: 'tg', channel: 'telegram', ...more }, 'REF');

describe('the address behind a button', () => {
  it('is that of a link, to the letter', () => {
    const url = 'https://shop.example?q=a%20b&signed=%2f';
    expect(leading('link', url)).toBe(url);
  });

  it.each([
    ['https://shop.example/sale', `https://shop.example/sale?${ADDED}`],
    ['https://shop.example/sale?', `https://shop.example/sale?${ADDED}`],
    ['https://shop.example/?q=a%20b#top', `https://shop.example/?q=a%20b&${ADDED}#top`],
  ])('has UTM parameters behind its own: %s', (url, wanted) => {
    expect(leading('link', url, { utm })).toBe(wanted);
  });

  it('keeps those that it has', () => {
    const url = 'https://shop.example/?utm_source=print&utm_campaign=';
    expect(leading('link', url, { utm })).toBe(`${url}&utm_medium=telegram`);
  });

  it('tells a shop the ref, once and last', () => {
    expect(leading('buy', 'https://shop.example/cart?sku=a%20b#pay')).toBe(
      'https://shop.example/cart?sku=a%20b&crier_ref=REF#pay',
    );
    expect(leading('buy', 'https://shop.example/cart', { utm })).toBe(
      `https://shop.example/cart?${ADDED}&crier_ref=REF`,
    );
  });

  it('never passes on the ref of another message', () => {
    const address = new URL(leading('buy', 'https://shop.example/cart?crier_ref=OLD&sku=42'));
    expect(address.searchParams.getAll('crier_ref')).toEqual(['REF']);
    expect(address.searchParams.get('sku')).toBe('42');
  });
});
