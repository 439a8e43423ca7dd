import type { AudienceEvent, Receipt, ReceiptsEvent } from '@crier/contracts';
import { IllegalHistory, type Handlers, type Projection } from '@crier/kernel';
import { lifeHandlers } from './mailing-life.ts';
import { laneHandlers } from './mailing-lanes.ts';
import type { MailingEvent } from './mailing-events.ts';
import { NO_MAILING, type Mailing } from './mailing.ts';
import type { OrderEvent } from './order-events.ts';

/** The name under which clicks of a button are counted. */
export const clicksKey = (channel: string, button: number | undefined): string =>
  `${channel}/${button ?? ''}`;

const firsts = (receipts: readonly Receipt[], kind: Receipt['kind']): number =>
  receipts.filter((receipt) => receipt.kind === kind && receipt.first === true).length;

const existing = (mailing: Mailing, broadcastId: string): Mailing => {
  if (mailing.revision >= 0) return mailing;
  throw new IllegalHistory('A fact about a broadcast that was never drafted', { broadcastId });
};

const reactionHandlers: Handlers<Mailing, ReceiptsEvent | OrderEvent> = {
  ReceiptsRecorded: (mailing, { event }) => {
    const { lane, receipts, broadcastId } = event.data;
    const channel = existing(mailing, broadcastId).lanes[lane]?.channel;
    if (channel === undefined)
      throw new IllegalHistory('Receipts of a lane that was never planned', { broadcastId, lane });
    const clicks = { ...mailing.clicks };
    for (const { kind, button, first } of receipts) {
      if (kind !== 'clicked') continue;
      const key = clicksKey(channel, button);
      const known = clicks[key] ?? { clicks: 0, people: 0 };
      clicks[key] = { clicks: known.clicks + 1, people: known.people + (first === true ? 1 : 0) };
    }
    return {
      ...mailing,
      clicks,
      delivered: mailing.delivered + firsts(receipts, 'delivered'),
      opened: mailing.opened + firsts(receipts, 'opened'),
    };
  },
  OrderCredited: (mailing, { event }) => ({
    ...existing(mailing, event.data.broadcastId),
    orders: mailing.orders + 1,
  }),
  SaleRecorded: (mailing, { event }) => ({
    ...existing(mailing, event.data.broadcastId),
    sales: mailing.sales + 1,
  }),
};

const audienceHandlers: Handlers<Mailing, Extract<AudienceEvent, { type: 'AudiencePlanned' }>> = {
  AudiencePlanned: (mailing, { event }) => ({
    ...existing(mailing, event.data.broadcastId),
    excluded: event.data.excluded,
  }),
};

/** Row and report of one broadcast in one document. Its lanes, and so its sums, begin with AudienceFrozen. */
export const mailingProjection: Projection<Mailing, MailingEvent> = {
  name: 'mailing',
  version: 1,
  initial: NO_MAILING,
  keyOf: ({ event }) => event.data.broadcastId,
  on: { ...lifeHandlers, ...audienceHandlers, ...laneHandlers, ...reactionHandlers },
};
