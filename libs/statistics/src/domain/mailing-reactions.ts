import type { Receipt, ReceiptsEvent } from '@crier/contracts';
import { IllegalHistory, type Handlers } from '@crier/kernel';
import type { Mailing } from './mailing.ts';

/** The name under which what a button brought is counted. */
export const buttonKey = (channel: string, button: number | undefined): string =>
  `${channel}/${button ?? ''}`;

export const isOfChannel = (key: string, channel: string): boolean => key.startsWith(`${channel}/`);

const firsts = (receipts: readonly Receipt[], kind: Receipt['kind']): number =>
  receipts.filter((receipt) => receipt.kind === kind && receipt.first === true).length;

/** @throws IllegalHistory */
export const existing = (mailing: Mailing, broadcastId: string): Mailing => {
  if (mailing.revision >= 0) return mailing;
  throw new IllegalHistory('A fact about a broadcast that was never drafted', { broadcastId });
};

/** What messengers told later: `receipts-…`. @throws IllegalHistory */
export const reactionHandlers: Handlers<Mailing, ReceiptsEvent> = {
  ReceiptsRecorded: (mailing, { event }) => {
    const { lane, receipts, broadcastId } = event.data;
    const channel = existing(mailing, broadcastId).lanes[lane]?.channel;
    if (channel === undefined)
      throw new IllegalHistory('Receipts of a lane that was never planned', { broadcastId, lane });
    const clicks = { ...mailing.clicks };
    for (const { kind, button, first } of receipts) {
      if (kind !== 'clicked') continue;
      const key = buttonKey(channel, button);
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
};
