import { useTranslation } from 'react-i18next';
import type { BroadcastReport } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { Count } from '../ui/count.tsx';
import { SimpleTable } from '../ui/simple-table.tsx';

const STEPS = ['planned', 'sent', 'delivered', 'opened', 'orders', 'sales'] as const;

/** How many are left at every step from the plan to the sale: bars that are a table as well. */
export const Funnel = ({ report: { row } }: { readonly report: BroadcastReport }) => {
  const { t } = useTranslation(['report', 'table']);
  const { share } = useFormat();
  const rows = STEPS.map((step) => {
    const value = row[step];
    const part = value === null || row.planned === 0 ? 0 : value / row.planned;
    const name = t(`table:columns.${step}`);
    return {
      key: step,
      cells: [
        name,
        <progress key="bar" className="funnel-bar" aria-label={name} max={1} value={part} />,
        <Count key="count" value={value} />,
        value === null ? '' : share(part),
      ],
    };
  });
  const head = [t('step'), t('bar'), t('people'), t('share')];
  return <SimpleTable caption={t('funnel')} head={head} rows={rows} numbers={2} />;
};
