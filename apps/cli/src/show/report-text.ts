import type { Report } from '../api/shapes.ts';
import { rowText } from './row-text.ts';
import { moneyText } from './money.ts';
import { table } from './table.ts';
import { timelineText } from './timeline-text.ts';
import { holdText, moment, number, shortened } from './words.ts';

const right = (...heads: readonly string[]) =>
  heads.map((head) => ({ head, align: 'right' as const }));

const section = (title: string, body: string): readonly string[] => ['', title, body.trimEnd()];

const indented = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');

const lanes = (report: Report): string =>
  table(
    [
      { head: 'LANE' },
      { head: 'BOT' },
      { head: 'CHANNEL' },
      ...right('PLANNED', 'SENT', 'FAILED', 'SKIPPED', 'UNCONF', 'WAITING'),
      { head: '' },
    ],
    report.lanes.map((lane) => [
      String(lane.lane),
      shortened(lane.botId, 24),
      lane.channel,
      ...[lane.planned, lane.sent, lane.failed, lane.skipped, lane.unconfirmed, lane.waiting].map(
        number,
      ),
      lane.held === null ? (lane.completed ? 'complete' : '') : `held: ${holdText(lane.held)}`,
    ]),
  );

const buttons = (report: Report): string =>
  table(
    [
      { head: 'BUTTON' },
      { head: 'KIND' },
      { head: 'LABEL' },
      { head: 'CHANNEL' },
      ...right('CLICKS', 'PEOPLE', 'ORDERS', 'SALES'),
    ],
    report.buttons.map(({ button, kind, label, channel, clicks, people, orders, sales }) => [
      String(button + 1),
      kind,
      shortened(label, 32),
      channel,
      ...[clicks, people, orders, sales].map(number),
    ]),
  );

const reasonLines = (report: Report): readonly string[] =>
  Object.entries(report.reasons).flatMap(([outcome, reasons]) =>
    Object.entries(reasons)
      .sort(([, one], [, other]) => other - one)
      .map(([reason, count]) => `  ${outcome}: ${number(count)} ${reason.replaceAll('_', ' ')}`),
  );

const excludedLines = ({ excluded }: Report): readonly string[] =>
  Object.entries(excluded).map(
    ([reason, count]) => `  not planned: ${number(count)} ${reason.replaceAll('_', ' ')}`,
  );

/** One line for each currency, and one for each channel where there are several. */
const moneyLines = ({ revenue, channels }: Report): readonly string[] => [
  ...revenue.map(({ currency, amount, refunded, incomplete }) => {
    const back = refunded === 0 ? '' : `, refunded ${moneyText(refunded, currency)}`;
    const rest = incomplete === true ? ' and more than can be counted' : '';
    return `  paid ${moneyText(amount, currency)}${back}${rest}`;
  }),
  ...(channels.length < 2 ? [] : channels)
    .filter(({ orders, sales }) => orders + sales > 0)
    .map(
      ({ channel, orders, sales }) =>
        `  ${channel}: orders ${number(orders)}, sales ${number(sales)}`,
    ),
];

/** Everything about one broadcast; `cells`: the width of the chart. */
export const reportText = (report: Report, cells: number): string => {
  const reasons = [...reasonLines(report), ...excludedLines(report)];
  const money = moneyLines(report);
  const timeline = timelineText(report.timeline, cells);
  return [
    rowText(report.row),
    `  speed ${number(report.settings.speed)} messages/s, started ${moment(report.row.startedAt)}`,
    ...report.retries.map(({ what, at }) => `  ${moment(at)}: retry of what was ${what}`),
    ...(report.lanes.length > 0 ? section('Lanes', indented(lanes(report))) : []),
    ...(reasons.length > 0 ? section('Reasons', reasons.join('\n')) : []),
    ...(report.buttons.length > 0 ? section('Buttons', indented(buttons(report))) : []),
    ...(money.length > 0 ? section('Money', money.join('\n')) : []),
    ...(timeline === '' ? [] : ['', timeline]),
  ].join('\n');
};
