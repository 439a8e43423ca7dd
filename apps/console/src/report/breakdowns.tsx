import { useTranslation } from 'react-i18next';
import type { BroadcastReport } from '../api/types.ts';
import { SUMMED, sumsBy } from '../broadcasts/sums.ts';
import { useFormat } from '../i18n/format.ts';
import { Section } from '../ui/section.tsx';
import { SimpleTable } from '../ui/simple-table.tsx';
import { useReason } from '../ui/use-reason.ts';

interface BreakdownProps {
  readonly report: BroadcastReport;
}

const Channels = ({ report: { lanes, channels } }: BreakdownProps) => {
  const { t } = useTranslation(['report', 'table']);
  const { count } = useFormat();
  const rows = [...sumsBy(lanes, ({ channel }) => channel)].map(([channel, sums]) => {
    const shop = channels.find((one) => one.channel === channel);
    const numbers = [...SUMMED.map((name) => sums[name]), shop?.orders ?? 0, shop?.sales ?? 0];
    return { key: channel, cells: [channel, ...numbers.map(count)] };
  });
  const names = [...SUMMED, 'orders', 'sales'] as const;
  const head = [t('channel'), ...names.map((name) => t(`table:columns.${name}`))];
  return <SimpleTable caption={t('channels')} head={head} rows={rows} numbers={names.length} />;
};

const Bots = ({ report: { lanes } }: BreakdownProps) => {
  const { t } = useTranslation(['report', 'table']);
  const { count } = useFormat();
  const reasonOf = useReason();
  const rows = lanes.map((lane) => ({
    key: String(lane.lane),
    cells: [
      lane.botId,
      lane.channel,
      lane.held === null ? '' : reasonOf(lane.held),
      ...SUMMED.map((name) => count(lane[name])),
    ],
  }));
  const head = [
    t('bot'),
    t('channel'),
    t('held'),
    ...SUMMED.map((name) => t(`table:columns.${name}`)),
  ];
  return <SimpleTable caption={t('bots')} head={head} rows={rows} numbers={SUMMED.length} />;
};

const Buttons = ({ report: { buttons } }: BreakdownProps) => {
  const { t } = useTranslation(['report', 'table']);
  const { count } = useFormat();
  const rows = buttons.map(({ button, kind, label, channel, clicks, people, orders, sales }) => ({
    key: `${channel} ${button}`,
    cells: [label, t(`kind.${kind}`), channel, ...[clicks, people, orders, sales].map(count)],
  }));
  const orders = [t('table:columns.orders'), t('table:columns.sales')];
  const head = [t('button'), t('kindName'), t('channel'), t('clicks'), t('people'), ...orders];
  return <SimpleTable caption={t('buttons')} head={head} rows={rows} numbers={4} />;
};

const Reasons = ({ report: { reasons, excluded } }: BreakdownProps) => {
  const { t } = useTranslation('report');
  const { count } = useFormat();
  const reasonOf = useReason();
  const outcomes = { ...reasons, excluded };
  const rows = Object.entries(outcomes).flatMap(([outcome, byReason]) =>
    Object.entries(byReason).map(([reason, people]) => ({
      key: `${outcome} ${reason}`,
      cells: [reasonOf(reason), t(outcome as keyof typeof outcomes), count(people)],
    })),
  );
  const head = [t('reason'), t('outcome'), t('people')];
  return <SimpleTable caption={t('reasons')} head={head} rows={rows} numbers={1} />;
};

const Revenue = ({ report: { revenue } }: BreakdownProps) => {
  const { t, i18n } = useTranslation('report');
  const money = (currency: string, smallest: number): string => {
    const format = new Intl.NumberFormat(i18n.language, { style: 'currency', currency });
    return format.format(smallest / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  };
  const rows = revenue.map(({ currency, amount, refunded }) => ({
    key: currency,
    cells: [currency, money(currency, amount), money(currency, refunded)],
  }));
  const head = [t('currency'), t('paid'), t('refunded')];
  return <SimpleTable caption={t('revenue')} head={head} rows={rows} numbers={2} />;
};

const PARTS = {
  channels: Channels,
  bots: Bots,
  buttons: Buttons,
  reasons: Reasons,
  revenue: Revenue,
};

/** The counts by channel, bot, button, reason and currency. */
export const Breakdowns = ({ report }: BreakdownProps) => {
  const { t } = useTranslation('report');
  return Object.entries(PARTS).map(([name, Part]) => (
    <Section key={name} title={t(name as keyof typeof PARTS)}>
      <Part report={report} />
    </Section>
  ));
};
