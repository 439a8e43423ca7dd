import type { AudienceCount, Routed, RoutingTable, ScanPage } from '@crier/audience';
import type { ExclusionReason } from '@crier/contracts';
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
    const counts = new Uint32Array(routing.table.length);
    for (const position of hits.positions) {
      const code = routing.codes[position] ?? 0;
      counts[code] = (counts[code] ?? 0) + 1;
    }
    for (const [code, routed] of routing.table.entries()) tally.add(routed, counts[code]);
  }
  return { matched, perBot: tally.perBot(table), excluded: tally.excluded() };
};

/** Runs over the hits of one segment in order of id: a position of the index, or a fresh contact. */
const inOrder = (
  query: AudienceQuery,
  { segment, positions, fresh }: Hits,
  after: string | undefined,
  visit: (id: string, at: number | Hits['fresh'][number]) => boolean,
): boolean => {
  if (positions.length === 0 && fresh.length === 0) return true;
  const ids = query.ids(segment);
  let next = 0;
  let nextFresh = 0;
  for (;;) {
    const position = positions[next];
    const contact = fresh[nextFresh];
    if (position === undefined && !contact) return true;
    const id = position === undefined ? undefined : ids.at(position);
    const isFresh = contact !== undefined && (id === undefined || contact.id < id);
    const found = isFresh ? contact.id : (id ?? '');
    if (isFresh) nextFresh += 1;
    else next += 1;
    if (after !== undefined && found <= after) continue;
    if (!visit(found, isFresh ? contact : (position ?? 0))) return false;
  }
};

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

  for (const hits of query.hits(page.after ?? '')) {
    const routing = query.routing(hits.segment, table);
    const finished = inOrder(query, hits, page.after, (id, at) => {
      if (looked === page.limit) return false;
      looked += 1;
      scannedTo = id;
      const routed =
        typeof at === 'number'
          ? (routing.table[routing.codes[at] ?? 0] ?? { excluded: 'no_connection' as const })
          : query.route(at, table);
      if ('botId' in routed) {
        contactIds.push(id);
        botIds.push(routed.botId);
      } else tally.add(routed);
      return true;
    });
    if (!finished)
      return { contactIds, botIds, excluded: tally.excluded(), scannedTo, done: false };
  }
  return { contactIds, botIds, excluded: tally.excluded(), scannedTo, done: true };
};

/** The ids of the next `limit` contacts that the filter finds. */
export const idsOf = (
  query: AudienceQuery,
  page: { readonly after: string | undefined; readonly limit: number },
): { readonly ids: readonly string[]; readonly done: boolean } => {
  const found: string[] = [];
  for (const hits of query.hits(page.after ?? '')) {
    const finished = inOrder(query, hits, page.after, (id) => {
      if (found.length === page.limit) return false;
      found.push(id);
      return true;
    });
    if (!finished) return { ids: found, done: false };
  }
  return { ids: found, done: true };
};
