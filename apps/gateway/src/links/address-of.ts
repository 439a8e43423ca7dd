import type { LinkTarget } from './link-targets.ts';

/** Behind what the query has already, which stays as it is written: shops may have signed it. */
const append = (address: URL, name: string, value: string): void => {
  const added = new URLSearchParams([[name, value]]).toString();
  address.search += `${address.search === '' ? '?' : '&'}${added}`;
};

/**
 * Where a link leads: its target, with UTM parameters unless it has them; a buy link tells the shop, too, which button of which
 * message led to it.
 */
export const addressOf = ({ kind, url, utm }: LinkTarget, ref: string): string => {
  if (kind === 'link' && utm === undefined) return url;
  const address = new URL(url);
  for (const [name, value] of Object.entries<string>({ ...utm })) {
    const parameter = `utm_${name}`;
    if (!address.searchParams.has(parameter)) append(address, parameter, value);
  }
  if (kind === 'buy') {
    if (address.searchParams.has('crier_ref')) address.searchParams.set('crier_ref', ref);
    else append(address, 'crier_ref', ref);
  }
  return address.href;
};
