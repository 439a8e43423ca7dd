import { Stack, Table, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answered } from '../../api/answered.ts';
import { client } from '../../api/client.ts';
import { useFormat } from '../../i18n/format.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { channelName } from '../ui/channel-name.tsx';
import type { Audience, Contact } from '../../api/types.ts';
import { contactName } from '../../contacts/contact-name.ts';

const PAGE = 20;
const PAUSE_MS = 600;

interface PeopleProps {
  readonly broadcastId: string;
  readonly audience: Audience;
}

const usePeople = ({ broadcastId, audience }: PeopleProps) => {
  const [asked] = useDebouncedValue(audience, PAUSE_MS);
  return useInfiniteQuery({
    queryKey: ['post', '/v1/audience/list', broadcastId, asked],
    placeholderData: keepPreviousData,
    initialPageParam: '',
    queryFn: ({ pageParam: after }) => {
      const page = { limit: PAGE, ...(after === '' ? {} : { after }) };
      const body = { ...asked, broadcastId, ...page };
      return answered(client.POST('/v1/audience/list', { body }));
    },
    getNextPageParam: ({ next }) => next,
  });
};

const Person = ({ contact }: { readonly contact: Contact }) => {
  const { t } = useTranslation('wizard');
  const { dateTime } = useFormat();
  const channels = new Set(contact.connections.map(({ channel }) => channelName(channel)));
  return (
    <Table.Tr>
      <Table.Td className="wizard-text">{contactName(contact) || t('people.unnamed')}</Table.Td>
      <Table.Td>{[...channels].join(', ')}</Table.Td>
      <Table.Td className="wizard-text">{contact.tags.join(', ')}</Table.Td>
      <Table.Td>{dateTime(contact.lastActiveAt)}</Table.Td>
    </Table.Tr>
  );
};

const COLUMNS = ['name', 'channels', 'tags', 'lastActive'] as const;

/** Who would get the message, page by page. */
export const People = (props: PeopleProps) => {
  const { t } = useTranslation('wizard');
  const { data, ...paging } = usePeople(props);
  const people = data?.pages.flatMap(({ items }) => items) ?? [];
  if (people.length === 0) return data ? <Text c="dimmed">{t('people.nobody')}</Text> : null;
  return (
    <Stack>
      <Table.ScrollContainer
        type="native"
        minWidth={560}
        tabIndex={0}
        role="region"
        aria-label={t('people.title')}
      >
        <Table aria-label={t('people.title')}>
          <Table.Thead>
            <Table.Tr>
              {COLUMNS.map((column) => (
                <Table.Th key={column}>{t(`people.${column}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {people.map((contact) => (
              <Person key={contact.id} contact={contact} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <MoreButton {...paging} />
    </Stack>
  );
};
