import type { Forecast, Row } from '../api/shapes.ts';

export const ID = '0193f1a2-b3c4-7000-8000-000000000001';
export const OTHER_ID = '0193f1a2-b3c4-7000-8000-000000000002';

export const row = (changes: Partial<Row> = {}): Row => ({
  id: ID,
  name: 'Spring sale',
  status: 'sent',
  held: [],
  planned: 100,
  sent: 97,
  failed: 2,
  skipped: 1,
  unconfirmed: 0,
  waiting: 0,
  delivered: null,
  opened: null,
  clickedBuy: 3,
  clickedLink: 4,
  clickedMessage: 5,
  orders: 0,
  sales: 0,
  channels: ['telegram'],
  speed: 25,
  createdAt: '2026-11-24T09:00:00.000Z',
  sendAt: '2026-11-24T09:00:01.000Z',
  startedAt: '2026-11-24T09:00:01.000Z',
  completedAt: '2026-11-24T09:00:05.000Z',
  progressAt: '2026-11-24T09:00:05.000Z',
  revision: 7,
  ...changes,
});

export const draft = (changes: Partial<Row> = {}): Row =>
  row({
    status: 'draft',
    planned: 0,
    sent: 0,
    failed: 0,
    skipped: 0,
    sendAt: null,
    startedAt: null,
    completedAt: null,
    progressAt: null,
    ...changes,
  });

export const forecast = (changes: Partial<Forecast> = {}): Forecast => ({
  matched: 103,
  planned: 100,
  perBot: [{ botId: 'shop', channel: 'telegram', count: 100, seconds: 4 }],
  excluded: { no_connection: 3 },
  speed: 25,
  parts: 1,
  durationSeconds: 4,
  startsAt: '2026-11-24T09:00:00.000Z',
  finishesAt: '2026-11-24T09:00:04.000Z',
  warnings: [],
  ...changes,
});
