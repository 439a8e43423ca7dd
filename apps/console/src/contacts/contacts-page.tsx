import { Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered } from '../api/answered.ts';
import { client } from '../api/client.ts';
import { useFormat } from '../i18n/format.ts';
import { AnchorLink, ButtonLink } from '../ui/links.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { SimpleTable } from '../ui/simple-table.tsx';
import { contactName } from './contact-name.ts';

const PAGE = 50;
const TYPING_MS = 300;
/** What the API finds people by, of what is one word. */
const KINDS = ['tag', 'tunnel', 'channel', 'bot', 'status', 'language'] as const;

interface Wanted {
  readonly kind: (typeof KINDS)[number];
  readonly value: string;
}

const useContacts = ({ kind, value }: Wanted) =>
  useInfiniteQuery({
    queryKey: ['contacts', kind, value],
    queryFn: ({ pageParam, signal }) => {
      const filter = value === '' ? {} : { filter: JSON.stringify({ [kind]: value }) };
      const after = pageParam === undefined ? {} : { after: pageParam };
      const query = { limit: PAGE, ...filter, ...after };
      return answered(client.GET('/v1/contacts', { params: { query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });

const Found = (wanted: Wanted) => {
  const { t } = useTranslation(['contacts', 'words']);
  const { dateTime } = useFormat();
  const { data, error, ...paging } = useContacts(wanted);
  const rows = (data?.pages ?? [])
    .flatMap(({ items }) => items)
    .map((contact) => ({
      key: contact.id,
      cells: [
        <AnchorLink key="link" to="/contacts/$contactId" params={{ contactId: contact.id }}>
          {contactName(contact) || contact.id}
        </AnchorLink>,
        contact.externalId ?? '',
        contact.connections
          .map(({ botId, status }) => `${botId}: ${t(`words:connection.${status}`)}`)
          .join('\n'),
        contact.tags.join(', '),
        dateTime(contact.lastActiveAt),
      ],
    }));
  const head = [t('name'), t('externalId'), t('connections'), t('tags'), t('lastActive')];
  return (
    <Stack>
      <ProblemAlert error={error} />
      <SimpleTable caption={t('title')} head={head} rows={rows} />
      <MoreButton {...paging} />
    </Stack>
  );
};

/** The people, all or those whom one word finds. */
export const ContactsPage = () => {
  const { t } = useTranslation('contacts');
  const [wanted, setWanted] = useState<Wanted>({ kind: 'tag', value: '' });
  const search = useDebouncedCallback((value: string) => {
    setWanted((before) => ({ ...before, value: value.trim() }));
  }, TYPING_MS);
  return (
    <Stack>
      <Group justify="space-between">
        <PageTitle>{t('title')}</PageTitle>
        <ButtonLink to="/imports" variant="default">
          {t('import')}
        </ButtonLink>
      </Group>
      <Group align="end" role="search">
        <NativeSelect
          label={t('by')}
          data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onChange={({ currentTarget: { value } }) => {
            const kind = KINDS.find((one) => one === value) ?? 'tag';
            setWanted((before) => ({ ...before, kind }));
          }}
        />
        <TextInput
          type="search"
          label={t('search')}
          onChange={({ currentTarget: { value } }) => {
            search(value);
          }}
        />
      </Group>
      <Found {...wanted} />
    </Stack>
  );
};
