import { buttonsOf, elementsFor, type ButtonKind, type MessageContent } from '@crier/contracts';
import type {
  BroadcastReport,
  BroadcastRow,
  ButtonReport,
  ChannelReport,
  ElementCounts,
  LaneReport,
  Minute,
  Revenue,
} from '../application/documents.ts';
import { statusOf, sumsOf, totalOf, type Mailing } from './mailing.ts';
import { buttonKey, isOfChannel } from './mailing-reactions.ts';

const channelsOf = ({ lanes }: Mailing): readonly string[] =>
  [...new Set(lanes.map(({ channel }) => channel))].sort();

const elementsOf = (message: MessageContent): ElementCounts => ({
  own: Object.fromEntries(
    Object.keys(message.channels ?? {}).map((channel) => [
      channel,
      elementsFor(message, channel).length,
    ]),
  ),
  others: message.synchronised ? message.elements.length : 0,
});

/** Every button that a recipient of this broadcast could press, with what was pressed. */
const buttonReports = (mailing: Mailing): readonly ButtonReport[] => {
  const { message, credits = {} } = mailing;
  if (message === null) return [];
  return channelsOf(mailing).flatMap((channel) =>
    buttonsOf(elementsFor(message, channel)).map(({ kind, label }, button) => {
      const key = buttonKey(channel, button);
      const { clicks, people } = mailing.clicks[key] ?? { clicks: 0, people: 0 };
      const { orders, sales } = credits[key] ?? { orders: 0, sales: 0 };
      return { button, kind, label, channel, clicks, people, orders, sales };
    }),
  );
};

const clicksOf = (buttons: readonly ButtonReport[], kind: ButtonKind): number =>
  buttons.reduce((sum, button) => sum + (button.kind === kind ? button.clicks : 0), 0);

const channelReports = (mailing: Mailing): readonly ChannelReport[] =>
  channelsOf(mailing).map((channel) => {
    const own = Object.entries(mailing.credits ?? {}).filter(([key]) => isOfChannel(key, channel));
    const sum = (what: 'orders' | 'sales'): number =>
      own.reduce((count, [, credits]) => count + credits[what], 0);
    return { channel, orders: sum('orders'), sales: sum('sales') };
  });

const revenueOf = ({ revenue = {} }: Mailing): readonly Revenue[] =>
  Object.entries(revenue)
    .map(([currency, money]) => ({ currency, ...money }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));

const laneReports = ({ lanes, heldLanes }: Mailing): readonly LaneReport[] =>
  lanes.map((lane) => ({
    ...sumsOf(lane),
    lane: lane.lane,
    botId: lane.botId,
    channel: lane.channel,
    completed: lane.completed,
    held: heldLanes.find((held) => held.lane === lane.lane)?.reason ?? null,
  }));

/** The row of the mailing-list table. */
export const rowOf = (mailing: Mailing): BroadcastRow => {
  const buttons = buttonReports(mailing);
  const { id, name, speed, createdAt, sendAt, startedAt, completedAt, progressAt } = mailing;
  return {
    ...totalOf(mailing.lanes),
    id,
    name,
    status: statusOf(mailing),
    held: [...(mailing.held ? [mailing.held] : []), ...mailing.heldLanes],
    channels: channelsOf(mailing),
    elements: mailing.message && elementsOf(mailing.message),
    composed: mailing.composed ?? null,
    speed,
    createdAt,
    sendAt,
    startedAt,
    completedAt,
    progressAt,
    copyOf: mailing.copyOf,
    revision: mailing.revision,
    delivered: mailing.delivered,
    opened: mailing.opened,
    clickedBuy: clicksOf(buttons, 'buy'),
    clickedLink: clicksOf(buttons, 'link'),
    clickedMessage: clicksOf(buttons, 'message'),
    orders: mailing.orders,
    sales: mailing.sales,
  };
};

/** Everything about one broadcast. */
export const reportOf = (mailing: Mailing, timeline: readonly Minute[]): BroadcastReport => {
  return {
    row: rowOf(mailing),
    message: mailing.message,
    contentRevision: mailing.contentRevision,
    audience: mailing.audience,
    settings: { speed: mailing.speed },
    start: mailing.start,
    excluded: mailing.excluded,
    lanes: laneReports(mailing),
    buttons: buttonReports(mailing),
    channels: channelReports(mailing),
    revenue: revenueOf(mailing),
    reasons: mailing.reasons,
    timeline,
    retries: mailing.retries,
    history: mailing.history,
  };
};

/** What the channels of a broadcast can tell at all. */
export type Reporting = (
  channel: string,
) => { readonly delivered: boolean; readonly opened: boolean } | undefined;

/** What rows of version 2 lack, which serve until they are rebuilt. */
const UNTOLD = { elements: null, composed: null };

/** The row with `null` for what no channel of it reports. */
export const asReported = (row: BroadcastRow, reporting: Reporting): BroadcastRow => {
  const can = (what: 'delivered' | 'opened'): boolean =>
    row.channels.some((channel) => reporting(channel)?.[what] === true);
  return {
    ...UNTOLD,
    ...row,
    delivered: row.delivered === 0 && !can('delivered') ? null : row.delivered,
    opened: row.opened === 0 && !can('opened') ? null : row.opened,
  };
};
