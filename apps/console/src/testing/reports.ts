import type { BroadcastReport, RecipientRow } from '../api/types.ts';
import { broadcastRow } from './broadcasts.ts';

/** A report as the API shows it, with what matters to a test. */
export const broadcastReport = (changes: Partial<BroadcastReport> = {}): BroadcastReport => ({
  row: broadcastRow(),
  message: { synchronised: true, elements: [] },
  contentRevision: 1,
  audience: { filter: {}, route: 'main' },
  settings: { speed: 25 },
  start: { mode: 'now' },
  excluded: { no_content: 7 },
  lanes: [
    {
      lane: 0,
      botId: 'shop',
      channel: 'telegram',
      held: null,
      completed: true,
      planned: 1_000,
      sent: 970,
      failed: 20,
      skipped: 10,
      unconfirmed: 0,
      waiting: 0,
    },
  ],
  buttons: [],
  channels: [],
  revenue: [{ currency: 'EUR', amount: 2_590, refunded: 0 }],
  reasons: { failed: { blocked: 20 }, skipped: { odd_reason: 10 }, unconfirmed: {} },
  timeline: [],
  retries: [],
  history: [],
  ...changes,
});

export const recipientRow = (changes: Partial<RecipientRow> = {}): RecipientRow => ({
  broadcastId: broadcastRow().id,
  lane: 0,
  index: 0,
  contactId: 'ann-1',
  botId: 'shop',
  channel: 'telegram',
  outcome: 'failed',
  reason: 'blocked',
  at: '2026-03-01T09:00:10.000Z',
  receipts: [],
  messages: [],
  ...changes,
});
