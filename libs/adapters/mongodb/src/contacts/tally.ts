import type { AudienceCount, Routed, RoutingTable } from '@crier/audience';
import type { ExclusionReason } from '@crier/contracts';

/** Adds up where contacts go. */
export class Tally {
  readonly #bots = new Map<string, number>();
  readonly #excluded = new Map<ExclusionReason, number>();
  #matched = 0;

  add(routed: Routed, contacts = 1): void {
    this.#matched += contacts;
    if ('botId' in routed) {
      this.#bots.set(routed.botId, (this.#bots.get(routed.botId) ?? 0) + contacts);
    } else {
      this.#excluded.set(routed.excluded, (this.#excluded.get(routed.excluded) ?? 0) + contacts);
    }
  }

  get excluded(): AudienceCount['excluded'] {
    return Object.fromEntries(this.#excluded);
  }

  count(table: RoutingTable): AudienceCount {
    const perBot = [...this.#bots]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([botId, count]) => ({ botId, channel: table.bots[botId] ?? '', count }));
    return { matched: this.#matched, perBot, excluded: this.excluded };
  }
}
