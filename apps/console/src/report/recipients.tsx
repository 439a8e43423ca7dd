import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered } from '../api/answered.ts';
import { client } from '../api/client.ts';
import type { BroadcastReport, RecipientRow } from '../api/types.ts';
import { Reactions, Story } from '../contacts/story.tsx';
import { useFormat } from '../i18n/format.ts';
import { Dialog } from '../ui/dialog.tsx';
import { download } from '../ui/download.ts';
import { MoreButton } from '../ui/more-button.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { SimpleTable } from '../ui/simple-table.tsx';
import { tellProblem } from '../ui/tell-problem.tsx';
import { useReason } from '../ui/use-reason.ts';

const PAGE = 100;
const OUTCOMES = ['waiting', 'sent', 'failed', 'skipped', 'unconfirmed'] as const;
const FORMATS = ['csv', 'ndjson'] as const;

/** As the fields hold them: empty, where anything will do. */
interface Filters {
  readonly outcome: string;
  readonly lane: string;
  readonly reason: string;
}

const ANY: Filters = { outcome: '', lane: '', reason: '' };

interface RecipientsQuery {
  readonly outcome?: RecipientRow['outcome'];
  readonly lane?: number;
  readonly reason?: string;
}

const queryOf = ({ outcome: asked, lane, reason }: Filters): RecipientsQuery => {
  const outcome = OUTCOMES.find((one) => one === asked);
  return {
    ...(outcome && { outcome }),
    ...(lane !== '' && { lane: Number(lane) }),
    ...(reason !== '' && { reason }),
  };
};

const useRecipients = (id: string, filters: Filters) =>
  useInfiniteQuery({
    queryKey: ['recipients', id, filters],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        ...queryOf(filters),
        limit: PAGE,
        ...(pageParam === undefined ? {} : { after: pageParam }),
      };
      const params = { path: { id }, query };
      return answered(client.GET('/v1/broadcasts/{id}/recipients', { params, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });

const exportPath = (id: string, filters: Filters, format: string): string => {
  const query = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(queryOf(filters))) query.set(name, String(value));
  return `/v1/broadcasts/${id}/recipients?${query.toString()}`;
};

const Exports = ({ id, filters }: { readonly id: string; readonly filters: Filters }) => {
  const { t } = useTranslation('report');
  const { mutate, isPending } = useMutation({
    mutationFn: (format: string) =>
      download(exportPath(id, filters, format), `recipients.${format}`),
    onError: tellProblem,
  });
  return FORMATS.map((format) => (
    <Button
      key={format}
      variant="default"
      disabled={isPending}
      onClick={() => {
        mutate(format);
      }}
    >
      {t('export', { format: format.toUpperCase() })}
    </Button>
  ));
};

interface FilterProps {
  readonly report: BroadcastReport;
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

const FilterPanel = ({ report, filters, onChange }: FilterProps) => {
  const { t } = useTranslation('report');
  return (
    <>
      <NativeSelect
        label={t('outcome')}
        value={filters.outcome}
        data={[
          { value: '', label: t('any') },
          ...OUTCOMES.map((value) => ({ value, label: t(value) })),
        ]}
        onChange={({ currentTarget: { value } }) => {
          onChange({ ...filters, outcome: value });
        }}
      />
      <NativeSelect
        label={t('bot')}
        value={filters.lane}
        data={[
          { value: '', label: t('any') },
          ...report.lanes.map(({ lane, botId }) => ({ value: String(lane), label: botId })),
        ]}
        onChange={({ currentTarget: { value } }) => {
          onChange({ ...filters, lane: value });
        }}
      />
      <TextInput
        label={t('reasonCode')}
        value={filters.reason}
        onChange={({ currentTarget: { value } }) => {
          onChange({ ...filters, reason: value });
        }}
      />
    </>
  );
};

/** One row for each recipient, with filters and exports, and the way to each person's own story. */
export const Recipients = ({ report }: { readonly report: BroadcastReport }) => {
  const { t } = useTranslation('report');
  const { dateTime } = useFormat();
  const reasonOf = useReason();
  const { id } = report.row;
  const [filters, setFilters] = useState(ANY);
  const [person, setPerson] = useState<string>();
  const { data, error, ...paging } = useRecipients(id, filters);
  const rows = (data?.pages ?? [])
    .flatMap(({ items }) => items)
    .map((row) => ({
      key: `${row.lane} ${row.index}`,
      cells: [
        <Button
          key="person"
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            setPerson(row.contactId);
          }}
        >
          {row.contactId}
        </Button>,
        row.botId,
        t(row.outcome),
        row.reason === null ? '' : reasonOf(row.reason),
        row.at === null ? '' : dateTime(row.at),
        <Reactions key="reactions" row={row} />,
      ],
    }));
  const head = [t('person'), t('bot'), t('outcome'), t('reason'), t('when'), t('reactions')];
  return (
    <Stack>
      <Group align="end">
        <FilterPanel report={report} filters={filters} onChange={setFilters} />
        <Exports id={id} filters={filters} />
      </Group>
      <ProblemAlert error={error} />
      <SimpleTable caption={t('recipients')} head={head} rows={rows} />
      <MoreButton {...paging} />
      {person === undefined ? null : (
        <Dialog
          title={t('story')}
          size="xl"
          onClose={() => {
            setPerson(undefined);
          }}
        >
          <Story contactId={person} />
        </Dialog>
      )}
    </Stack>
  );
};
