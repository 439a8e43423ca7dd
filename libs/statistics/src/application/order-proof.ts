import { streamPrefixes, type OrderEvent } from '@crier/contracts';
import type { EventStore, Position } from '@crier/kernel';
import type { Differences } from './differences.ts';
import type { BroadcastReport } from './documents.ts';

interface Told {
  orders: number;
  sales: number;
  /** By lane and button. */
  readonly credits: Map<string, number>;
  /** By lane: those that name the recipient. */
  readonly named: Map<number, number>;
  readonly paid: Map<string, bigint>;
  readonly refunded: Map<string, bigint>;
}

const more = <Key>(sums: Map<Key, bigint>, key: Key, by: number): void => {
  sums.set(key, (sums.get(key) ?? 0n) + BigInt(by));
};

/**
 * What orders come to, from their events alone: one plain pass over all of them, kept for each broadcast. In numbers of any
 * size, on purpose: what the read models call complete must be exact.
 */
export class OrderProof {
  readonly #store: EventStore;
  readonly #told = new Map<string, Told>();
  #after: Position | undefined;

  constructor(store: EventStore) {
    this.#store = store;
  }

  /** Reads on to the end of what is stored. @throws Unavailable */
  async readOn(): Promise<void> {
    const stopping = new AbortController();
    const batches = this.#store.subscribe({
      prefixes: [streamPrefixes.order],
      signal: stopping.signal,
      ...(this.#after === undefined ? {} : { after: this.#after }),
    });
    for await (const { events, position, caughtUp } of batches) {
      for (const { type, data } of events) this.#count({ type, data } as OrderEvent);
      this.#after = position;
      if (caughtUp) break;
    }
    stopping.abort();
  }

  /** Holds a report against what was told. */
  prove(report: BroadcastReport, found: Differences): void {
    const told = this.#of(report.row.id);
    found.compare('orders', told.orders, report.row.orders);
    found.compare('sales', told.sales, report.row.sales);
    this.#proveMoney(told, report, found);
    for (const { channel, button, orders, sales } of report.buttons) {
      const lanes = report.lanes.filter((lane) => lane.channel === channel);
      const count = (type: string): number =>
        lanes.reduce(
          (sum, { lane }) => sum + (told.credits.get(`${type}/${lane}/${button}`) ?? 0),
          0,
        );
      const name = `button ${button} on ${channel}`;
      found.compare(`orders of ${name}`, count('OrderCredited'), orders);
      found.compare(`sales of ${name}`, count('SaleRecorded'), sales);
    }
  }

  /** Orders of a lane that its recipients have to show. */
  namedIn(broadcastId: string, lane: number): number {
    return this.#of(broadcastId).named.get(lane) ?? 0;
  }

  #proveMoney({ paid, refunded }: Told, { revenue }: BroadcastReport, found: Differences): void {
    const shown = new Map(revenue.map((one) => [one.currency, one]));
    for (const currency of new Set([...paid.keys(), ...refunded.keys(), ...shown.keys()])) {
      const read = shown.get(currency);
      if (read?.incomplete === true) continue;
      const sum = (sums: Map<string, bigint>): string => String(sums.get(currency) ?? 0n);
      found.compare(`paid in ${currency}`, sum(paid), read && String(read.amount));
      found.compare(`refunded in ${currency}`, sum(refunded), read && String(read.refunded));
    }
  }

  #count({ type, data }: OrderEvent): void {
    const told = this.#of(data.broadcastId);
    const key = `${type}/${data.lane}/${data.button}`;
    if (type === 'SaleRefunded') {
      more(told.refunded, data.currency, data.amount);
      return;
    }
    told.credits.set(key, (told.credits.get(key) ?? 0) + 1);
    if (type === 'OrderCredited') {
      told.orders += 1;
      if (data.index !== undefined) told.named.set(data.lane, (told.named.get(data.lane) ?? 0) + 1);
    } else {
      told.sales += 1;
      more(told.paid, data.currency, data.amount);
    }
  }

  #of(broadcastId: string): Told {
    const known = this.#told.get(broadcastId);
    if (known) return known;
    const fresh: Told = {
      orders: 0,
      sales: 0,
      credits: new Map(),
      named: new Map(),
      paid: new Map(),
      refunded: new Map(),
    };
    this.#told.set(broadcastId, fresh);
    return fresh;
  }
}
