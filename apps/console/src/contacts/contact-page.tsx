import { Stack, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import type { Contact } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { LoadingPage } from '../layout/loading-page.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { Section } from '../ui/section.tsx';
import { SimpleTable } from '../ui/simple-table.tsx';
import { contactName } from './contact-name.ts';
import { Story } from './story.tsx';

const route = getRouteApi('/contacts/$contactId');

const Connections = ({ connections }: Pick<Contact, 'connections'>) => {
  const { t } = useTranslation(['contacts', 'words']);
  const { dateTime } = useFormat();
  const rows = connections.map(({ botId, channel, address, status, statusAt, main }) => ({
    key: botId,
    cells: [
      botId,
      channel,
      address,
      t(`words:connection.${status}`),
      dateTime(statusAt),
      main ? t('main') : '',
    ],
  }));
  const head = [t('bot'), t('channel'), t('address'), t('status'), t('since'), t('isMain')];
  return <SimpleTable caption={t('connections')} head={head} rows={rows} />;
};

const Card = ({ contact }: { readonly contact: Contact }) => {
  const { t } = useTranslation('contacts');
  const facts: readonly (readonly [string, string])[] = [
    [t('externalId'), contact.externalId ?? ''],
    [t('kind.language'), contact.language ?? ''],
    [t('zone'), contact.zone ?? ''],
    [t('tags'), contact.tags.join(', ')],
    [t('tunnels'), contact.tunnels.join(', ')],
    ...Object.entries(contact.variables).map(([name, value]) => [name, String(value)] as const),
  ];
  const rows = facts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ key: name, cells: [name, value] }));
  return <SimpleTable caption={t('card')} head={[t('field'), t('value')]} rows={rows} />;
};

/** One person: the card, the connections, and what they got. */
export const ContactPage = () => {
  const { t } = useTranslation('contacts');
  const { contactId: id } = route.useParams();
  const { data, error } = api.useQuery('get', '/v1/contacts/{id}', { params: { path: { id } } });
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <LoadingPage />;
  return (
    <Stack>
      <div dir="auto">
        <PageTitle>{contactName(data) || data.id}</PageTitle>
        <Text size="sm" c="dimmed">
          {data.id}
        </Text>
      </div>
      <Section title={t('card')}>
        <Card contact={data} />
      </Section>
      <Section title={t('connections')}>
        <Connections connections={data.connections} />
      </Section>
      <Section title={t('deliveries')}>
        <Story contactId={data.id} />
      </Section>
    </Stack>
  );
};
