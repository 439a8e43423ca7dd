import './status-line.css';
import { useTranslation } from 'react-i18next';
import type { BroadcastRow } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { doneOf, usePace } from '../live/pace.ts';
import { useNow } from '../live/use-now.ts';
import { StatusBadge } from '../ui/status-badge.tsx';
import { useReason } from '../ui/use-reason.ts';

const LOOK_MS = 10_000;
const SILENT_MS = 60_000;

interface RowProps {
  readonly row: BroadcastRow;
}

/** How fast it goes; or since when nothing went. */
const Pace = ({ row }: RowProps) => {
  const { t } = useTranslation('table');
  const { pace, dateTime } = useFormat();
  const now = useNow(LOOK_MS);
  const perSecond = usePace(row.id);
  const last = row.progressAt ?? row.startedAt;
  if (last !== null && now - Date.parse(last) > SILENT_MS)
    return t('silent', { since: dateTime(last) });
  return perSecond === undefined ? null : t('pace', { pace: pace(perSecond) });
};

const Progressing = ({ row }: RowProps) => {
  const { t } = useTranslation('table');
  const { count } = useFormat();
  const { planned } = row;
  if (planned === 0) return null;
  const done = doneOf(row);
  const text = t('progress', { done: count(done), planned: count(planned) });
  return (
    <>
      <progress aria-label={t('progressName')} max={planned} value={done} />
      <span className="status-note">
        {text} {row.status === 'sending' ? <Pace row={row} /> : null}
      </span>
    </>
  );
};

/** Why it is held, where it is. */
const Reasons = ({ row: { held } }: RowProps) => {
  const reasonOf = useReason();
  const said = held.map(({ reason, detail }) =>
    [reason, ...(detail === undefined ? [] : [detail])].map(reasonOf).join(': '),
  );
  const text = [...new Set(said)].join(', ');
  return (
    <span className="status-note" title={text}>
      {text}
    </span>
  );
};

const UNDER_WAY: readonly string[] = ['sending', 'preparing', 'held'];

/** The status of a broadcast, why it is so, and how far it is. */
export const StatusLine = ({ row }: RowProps) => (
  <div className="status-line">
    <div>
      <StatusBadge status={row.status} />
      {row.held.length === 0 ? null : <Reasons row={row} />}
    </div>
    {UNDER_WAY.includes(row.status) ? <Progressing row={row} /> : null}
  </div>
);
