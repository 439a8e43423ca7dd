import type { AudienceCount, Routed, RoutingTable, ScanPage } from '@crier/audience';
import type { Contact, ExclusionReason } from '@crier/contracts';
import type { AudienceQuery, Hits } from './audience-query.ts';

/** Adds up where contacts go. */
class Tally {
  readonly #bots = new Map<string, number>();
  readonly #excluded = new Map<ExclusionReason, number>();

  add(routed: Routed, count = 1): void {
    if (count === 0) return;
    if ('botId' in routed) {
      this.#bots.set(routed.botId, (this.#bots.get(routed.botId) ?? 0) + count);
    } else {
      this.#excluded.set(routed.excluded, (this.#excluded.get(routed.excluded) ?? 0) + count);
    }
  }

  excluded(): AudienceCount['excluded'] {
    return Object.fromEntries(this.#excluded);
  }

  perBot(table: RoutingTable): AudienceCount['perBot'] {
    return [...this.#bots]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([botId, count]) => ({ botId, channel: table.bots[botId] ?? '', count }));
  }
}

/** Everybody the filter finds, by where they go. */
export const countOf = (query: AudienceQuery, table: RoutingTable): AudienceCount => {
  const tally = new Tally();
  let matched = 0;
  for (const hits of query.hits('')) {
    matched += hits.positions.length + hits.fresh.length;
    for (const contact of hits.fresh) tally.add(query.route(contact, table));
    if (hits.positions.length === 0) continue;
    const routing = query.routing(hits.segment, table);
    for (const [routed, count] of routing.counts(hits.positions)) tally.add(routed, count);
  }
  return { matched, perBot: tally.perBot(table), excluded: tally.excluded() };
};

/** One contact that was found: where the index has it, or itself. */
interface Found {
  readonly id: string;
  readonly at: number | Contact;
}

/** The hits of one segment after an id, in order of id. */
function* inOrder(
  query: AudienceQuery,
  { segment, positions, fresh }: Hits,
  after: string | undefined,
): Iterable<Found> {
  if (positions.length === 0 && fresh.length === 0) return;
  const ids = query.ids(segment);
  const isAfter = (id: string): boolean => after === undefined || id > after;
  let nextFresh = 0;
  for (const position of positions) {
    const id = ids.at(position);
    for (let one = fresh[nextFresh]; one && one.id < id; one = fresh[nextFresh]) {
      if (isAfter(one.id)) yield { id: one.id, at: one };
      nextFresh += 1;
    }
    if (isAfter(id)) yield { id, at: position };
  }
  for (const one of fresh.slice(nextFresh)) if (isAfter(one.id)) yield { id: one.id, at: one };
}

/** The next page of a freeze: at most `limit` contacts that the filter finds, routed. */
export const scanOf = (
  query: AudienceQuery,
  table: RoutingTable,
  page: { readonly after: string | undefined; readonly limit: number },
): ScanPage => {
  const tally = new Tally();
  const contactIds: string[] = [];
  const botIds: string[] = [];
  let looked = 0;
  let scannedTo: string | undefined;
  const result = (done: boolean): ScanPage => ({
    contactIds,
    botIds,
    excluded: tally.excluded(),
    scannedTo,
    done,
  });

  for (const hits of query.hits(page.after ?? '')) {
    const routing = query.routing(hits.segment, table);
    for (const { id, at } of inOrder(query, hits, page.after)) {
      if (looked === page.limit) return result(false);
      looked += 1;
      scannedTo = id;
      const routed = typeof at === 'number' ? routing.at(at) : query.route(at, table);
      if ('botId' in routed) {
        contactIds.push(id);
        botIds.push(routed.botId);
      } else tally.add(routed);
    }
  }
  return result(true);
};

/** The ids of the next `limit` contacts that the filter finds. */
export const idsOf = (
  query: AudienceQuery,
  page: { readonly after: string | undefined; readonly limit: number },
): { readonly ids: readonly string[]; readonly done: boolean } => {
  const ids: string[] = [];
  for (const hits of query.hits(page.after ?? '')) {
    for (const { id } of inOrder(query, hits, page.after)) {
      if (ids.length === page.limit) return { ids, done: false };
      ids.push(id);
    }
  }
  return { ids, done: true };
};
