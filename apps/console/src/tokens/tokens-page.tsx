import { Alert, Button, Code, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import type { Role } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { PageTitle } from '../ui/page-title.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { Section } from '../ui/section.tsx';
import { SimpleTable } from '../ui/simple-table.tsx';
import { tellProblem } from '../ui/tell-problem.tsx';

const ROLES = ['operator', 'analyst', 'channel', 'admin'] as const satisfies readonly Role[];
interface Wanted {
  readonly name: string;
  readonly role: Role;
}

const LIST = { queryKey: ['get', '/v1/tokens'] } as const;

const NewToken = () => {
  const { t } = useTranslation(['tokens', 'words']);
  const queries = useQueryClient();
  const form = useForm<Wanted>({ initialValues: { name: '', role: 'operator' } });
  const { mutate, isPending, error, data } = api.useMutation('post', '/v1/tokens', {
    onSuccess: () => {
      form.reset();
      void queries.invalidateQueries(LIST);
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((body) => {
        mutate({ body });
      })}
    >
      <Stack>
        <Group align="end">
          <TextInput label={t('name')} {...form.getInputProps('name')} />
          <NativeSelect
            label={t('role')}
            data={ROLES.map((value) => ({ value, label: t(`words:role.${value}`) }))}
            {...form.getInputProps('role')}
          />
          <Button type="submit" loading={isPending}>
            {t('issue')}
          </Button>
        </Group>
        <ProblemAlert error={error} />
        {data ? (
          <Alert color="teal" title={t('issued', { name: data.name })}>
            <Text size="sm">{t('once')}</Text>
            <Code block>{data.token}</Code>
          </Alert>
        ) : null}
      </Stack>
    </form>
  );
};

/** Who may ask the API: tokens by name and role. A token itself is shown once. */
export const TokensPage = () => {
  const { t } = useTranslation(['tokens', 'words']);
  const { dateTime } = useFormat();
  const queries = useQueryClient();
  const { data, error } = api.useQuery('get', '/v1/tokens');
  const { mutate, isPending } = api.useMutation('delete', '/v1/tokens/{id}', {
    onError: tellProblem,
    onSuccess: () => queries.invalidateQueries(LIST),
  });
  const rows = (data?.items ?? []).map(({ id, name, role, createdAt, lastUsedAt, revoked }) => ({
    key: id,
    cells: [
      name,
      t(`words:role.${role}`),
      dateTime(createdAt),
      lastUsedAt === undefined ? '' : dateTime(lastUsedAt),
      revoked ? (
        t('revoked')
      ) : (
        <Button
          key="revoke"
          size="compact-sm"
          variant="default"
          disabled={isPending}
          aria-label={t('revokeOf', { name })}
          onClick={() => {
            mutate({ params: { path: { id } } });
          }}
        >
          {t('revoke')}
        </Button>
      ),
    ],
  }));
  const head = [t('name'), t('role'), t('createdAt'), t('lastUsedAt'), t('revoke')];
  return (
    <Stack>
      <PageTitle>{t('title')}</PageTitle>
      <Section title={t('new')}>
        <NewToken />
      </Section>
      <Section title={t('all')}>
        <ProblemAlert error={error} />
        <SimpleTable caption={t('title')} head={head} rows={rows} />
      </Section>
    </Stack>
  );
};
