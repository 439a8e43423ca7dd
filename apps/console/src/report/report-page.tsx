import './report.css';
import { Button, Group, Stack, Tabs } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { actsFor, type Act } from '../acts/acts.ts';
import { ActMenu } from '../acts/act-menu.tsx';
import { useAct } from '../acts/use-act.tsx';
import type { BroadcastReport, BroadcastRow } from '../api/types.ts';
import { StatusLine } from '../broadcasts/status-line.tsx';
import { LoadingPage } from '../layout/loading-page.tsx';
import { useMe } from '../session/me.ts';
import { PageTitle } from '../ui/page-title.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { Section } from '../ui/section.tsx';
import { AsSent } from './as-sent.tsx';
import { Breakdowns } from './breakdowns.tsx';
import { Counts } from './counts.tsx';
import { Funnel } from './funnel.tsx';
import { History } from './history.tsx';
import { Recipients } from './recipients.tsx';
import { Timeline } from './timeline.tsx';
import { useLiveReport } from './use-live-report.ts';

const route = getRouteApi('/broadcasts/$broadcastId');

/** Acts that are wanted in a hurry have buttons of their own. */
const AT_HAND: readonly Act[] = ['hold', 'resume', 'stop'];

const Acts = ({ row }: { readonly row: BroadcastRow }) => {
  const { t } = useTranslation('acts');
  const { may } = useMe();
  const navigate = useNavigate();
  const { ask, dialog } = useAct([row], () => {
    void navigate({ to: '/broadcasts' });
  });
  if (!may('operator')) return null;
  return (
    <Group gap="xs" wrap="nowrap">
      {actsFor(row)
        .filter((act) => AT_HAND.includes(act))
        .map((act) => (
          <Button
            key={act}
            variant="default"
            onClick={() => {
              ask(act, row);
            }}
          >
            {t(`title.${act}`)}
          </Button>
        ))}
      <ActMenu row={row} onAct={ask} />
      {dialog}
    </Group>
  );
};

const Figures = ({ report }: { readonly report: BroadcastReport }) => {
  const { t } = useTranslation('report');
  return (
    <Stack>
      <Counts row={report.row} />
      <Section title={t('funnel')}>
        <Funnel report={report} />
      </Section>
      <Section title={t('timeline')}>
        <Timeline report={report} />
      </Section>
      <Breakdowns report={report} />
    </Stack>
  );
};

const PARTS = {
  figures: Figures,
  recipients: Recipients,
  asSent: AsSent,
  history: History,
} as const;
const NAMES = ['figures', 'recipients', 'asSent', 'history'] as const;

const Parts = ({ report }: { readonly report: BroadcastReport }) => {
  const { t } = useTranslation('report');
  return (
    <Tabs defaultValue="figures" keepMounted={false}>
      <Tabs.List mb="md">
        {NAMES.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {t(name)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {NAMES.map((name) => {
        const Part = PARTS[name];
        return (
          <Tabs.Panel key={name} value={name}>
            <Part report={report} />
          </Tabs.Panel>
        );
      })}
    </Tabs>
  );
};

/** Everything about one broadcast, live. */
export const ReportPage = () => {
  const { broadcastId } = route.useParams();
  const { data, error } = useLiveReport(broadcastId);
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <LoadingPage />;
  return (
    <Stack>
      <Group justify="space-between" align="start">
        <div className="report-title" dir="auto">
          <PageTitle>{data.row.name}</PageTitle>
          <StatusLine row={data.row} />
        </div>
        <Acts row={data.row} />
      </Group>
      <Parts report={data} />
    </Stack>
  );
};
