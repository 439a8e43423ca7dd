import { Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answered } from '../api/answered.ts';
import { client } from '../api/client.ts';
import type { RecipientRow } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { LoadingPage } from '../layout/loading-page.tsx';
import { AnchorLink } from '../ui/links.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { SimpleTable } from '../ui/simple-table.tsx';
import { useReason } from '../ui/use-reason.ts';

const PAGE = 50;

/** What a person did with a message, in the order of the counts. */
export const Reactions = ({ row: { receipts } }: { readonly row: RecipientRow }) => {
  const { t } = useTranslation('report');
  const { dateTime } = useFormat();
  return receipts
    .map(
      ({ kind, count, firstAt }) =>
        `${t(`reaction.${kind}`)} ${dateTime(firstAt)}${count > 1 ? ` ×${count}` : ''}`,
    )
    .join('\n');
};

const useDeliveries = (id: string) =>
  useInfiniteQuery({
    queryKey: ['deliveries', id],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: PAGE, ...(pageParam === undefined ? {} : { after: pageParam }) };
      const params = { path: { id }, query };
      return answered(client.GET('/v1/contacts/{id}/deliveries', { params, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });

/** What one person got of every broadcast, and why not. */
export const Story = ({ contactId }: { readonly contactId: string }) => {
  const { t } = useTranslation('report');
  const { dateTime } = useFormat();
  const reasonOf = useReason();
  const { data, error, ...paging } = useDeliveries(contactId);
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <LoadingPage />;
  const rows = data.pages
    .flatMap(({ items }) => items)
    .map((row) => ({
      key: `${row.broadcastId} ${row.lane} ${row.index}`,
      cells: [
        <AnchorLink
          key="link"
          to="/broadcasts/$broadcastId"
          params={{ broadcastId: row.broadcastId }}
        >
          {row.at === null ? t('toReport') : dateTime(row.at)}
        </AnchorLink>,
        row.botId,
        t(row.outcome),
        row.reason === null ? '' : reasonOf(row.reason),
        <Reactions key="reactions" row={row} />,
      ],
    }));
  const head = [t('broadcast'), t('bot'), t('outcome'), t('reason'), t('reactions')];
  return (
    <Stack>
      <SimpleTable caption={t('story')} head={head} rows={rows} />
      <MoreButton {...paging} />
    </Stack>
  );
};
