import { useTranslation } from 'react-i18next';
import type { BroadcastReport } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { SimpleTable } from '../ui/simple-table.tsx';

/** Who did what, newest first. */
export const History = ({ report: { history } }: { readonly report: BroadcastReport }) => {
  const { t, i18n } = useTranslation('report');
  const { dateTime } = useFormat();
  const nameOf = (what: string): string =>
    i18n.exists(`report:event.${what}`) ? t(`event.${what}` as 'event.BroadcastDrafted') : what;
  const rows = history.toReversed().map(({ revision, at, actor, what, facts }) => ({
    key: String(revision),
    cells: [
      dateTime(at),
      actor,
      nameOf(what),
      Object.entries(facts)
        .map(([name, value]) => `${name}: ${value}`)
        .join(', '),
    ],
  }));
  const head = [t('when'), t('who'), t('what'), t('facts')];
  return <SimpleTable caption={t('history')} head={head} rows={rows} />;
};
