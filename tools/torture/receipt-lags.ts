import { DatabaseSync } from 'node:sqlite';

export interface Recorded {
  /** Events that hold receipts. */
  readonly events: number;
  /** Of each receipt: milliseconds from its call to its event. */
  readonly lagsMs: readonly number[];
}

/** Where receipts lie: the file of the embedded store, or of the stand-in of EventStoreDB. */
export const RECEIPT_EVENTS = {
  standalone: `SELECT e.recorded_at AS at, e.data FROM events e JOIN kinds k ON k.id = e.kind
    WHERE k.type = 'ReceiptsRecorded'`,
  cluster: `SELECT created AS at, data FROM events WHERE type = 'ReceiptsRecorded'`,
} as const;

/** What the store says of receipts; their calls were dated when they were made. */
export const recordedIn = (file: string, sql: string): Recorded => {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const lagsMs: number[] = [];
    let events = 0;
    for (const { at, data } of db.prepare(sql).iterate()) {
      events += 1;
      const json = typeof data === 'string' ? data : Buffer.from(data as Uint8Array).toString();
      const { receipts } = JSON.parse(json) as { receipts: readonly { readonly at: string }[] };
      lagsMs.push(...receipts.map((receipt) => Number(at) - Date.parse(receipt.at)));
    }
    return { events, lagsMs };
  } finally {
    db.close();
  }
};
