import { Button, FileInput, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import type { ImportJob } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { download } from '../ui/download.ts';
import { PageTitle } from '../ui/page-title.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { Section } from '../ui/section.tsx';
import { SimpleTable } from '../ui/simple-table.tsx';
import { tellProblem } from '../ui/tell-problem.tsx';
import { upload } from '../ui/upload.ts';
import { headerOf, withHeader, type Header } from './csv-header.ts';
import { Mapping } from './mapping.tsx';

const LOOK_MS = 1_000;
const isCsv = (name: string): boolean => name.toLowerCase().endsWith('.csv');

interface Chosen {
  readonly file: File;
  /** Of a CSV file. */
  readonly header?: Header;
}

const read = async (file: File): Promise<Chosen> =>
  isCsv(file.name) ? { file, header: await headerOf(file) } : { file };

const send = ({ file, header }: Chosen, names: readonly string[]): Promise<ImportJob> => {
  const path = `/v1/imports?name=${encodeURIComponent(file.name.slice(0, 200))}`;
  return header
    ? upload(path, withHeader(file, header, names), 'text/csv')
    : upload(path, file, 'application/x-ndjson');
};

const Begin = () => {
  const { t } = useTranslation('imports');
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Chosen>();
  const [names, setNames] = useState<readonly string[]>([]);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (wanted: Chosen) => send(wanted, names),
    onSuccess: () => {
      setChosen(undefined);
      void queries.invalidateQueries({ queryKey: ['get', '/v1/imports'] });
    },
  });
  const choose = async (file: File | null): Promise<void> => {
    const wanted = file ? await read(file) : undefined;
    setChosen(wanted);
    setNames(wanted?.header?.names ?? []);
  };
  return (
    <Stack align="start">
      <FileInput
        w="100%"
        maw={420}
        label={t('file')}
        description={t('fileHelp')}
        placeholder={t('choose')}
        accept=".csv,.ndjson,.jsonl"
        value={chosen?.file ?? null}
        onChange={(file) => void choose(file)}
      />
      {chosen?.header ? (
        <Mapping found={chosen.header.names} names={names} onChange={setNames} />
      ) : null}
      <ProblemAlert error={error} />
      <Button
        disabled={!chosen}
        loading={isPending}
        onClick={() => {
          if (chosen) mutate(chosen);
        }}
      >
        {t('begin')}
      </Button>
    </Stack>
  );
};

const Errors = ({ job }: { readonly job: ImportJob }) => {
  const { t } = useTranslation('imports');
  const { mutate, isPending } = useMutation({
    mutationFn: (path: string) => download(path, 'errors.csv'),
    onError: tellProblem,
  });
  const { report } = job;
  if (report === undefined || job.progress.failed === 0) return job.message ?? '';
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={isPending}
      onClick={() => {
        mutate(report);
      }}
    >
      {t('errors')}
    </Button>
  );
};

const Jobs = () => {
  const { t } = useTranslation('imports');
  const { count, dateTime } = useFormat();
  const { data, error } = api.useQuery(
    'get',
    '/v1/imports',
    {},
    {
      refetchInterval: ({ state }) =>
        state.data?.items.some((job) => job.state === 'running') === true ? LOOK_MS : false,
    },
  );
  const rows = (data?.items ?? []).map((job) => ({
    key: job.id,
    cells: [
      job.name,
      <Stack key="state" gap={4}>
        <Text size="sm">{t(`state.${job.state}`)}</Text>
        {job.state === 'running' ? <Progress value={100} animated aria-label={job.name} /> : null}
      </Stack>,
      dateTime(job.startedAt),
      ...[job.progress.rows, job.progress.created, job.progress.changed, job.progress.failed].map(
        count,
      ),
      <Errors key="errors" job={job} />,
    ],
  }));
  const counts = [t('rows'), t('created'), t('changed'), t('failed')];
  const head = [t('name'), t('status'), t('startedAt'), ...counts, t('wrong')];
  return (
    <>
      <ProblemAlert error={error} />
      <SimpleTable caption={t('last')} head={head} rows={rows} />
    </>
  );
};

/** Files of contacts on their way in: what their columns mean, how far they are, which rows were wrong. */
export const ImportsPage = () => {
  const { t } = useTranslation('imports');
  return (
    <Stack>
      <Group>
        <PageTitle>{t('title')}</PageTitle>
      </Group>
      <Section title={t('new')}>
        <Begin />
      </Section>
      <Section title={t('last')}>
        <Jobs />
      </Section>
    </Stack>
  );
};
