import type { RecipientRow } from '../application/documents.ts';
import type { RecipientPage } from './recipient-page.ts';

/** A lane as its recipients show it. */
export interface ShownLane {
  readonly broadcastId: string;
  readonly lane: number;
  readonly botId: string;
  readonly channel: string;
}

const MS = 1_000;
const instant = (seconds: number): string => new Date(seconds * MS).toISOString();

/** One recipient as everybody sees it. */
export const recipientRow = (
  { broadcastId, lane, botId, channel }: ShownLane,
  page: RecipientPage,
  { index, contactId }: { readonly index: number; readonly contactId: string },
): RecipientRow => {
  const { outcome, reason, at, receipts, messages } = page.place(index);
  return {
    broadcastId,
    lane,
    index,
    contactId,
    botId,
    channel,
    outcome,
    reason: reason ?? null,
    at: at === undefined ? null : instant(at),
    receipts: receipts.map(({ kind, button, count, firstAt }) => ({
      kind,
      ...(button === undefined ? {} : { button }),
      count,
      firstAt: instant(firstAt),
    })),
    messages: messages.map(({ id, at: leftAt }) => ({
      id,
      leftAt: new Date(leftAt).toISOString(),
    })),
  };
};
