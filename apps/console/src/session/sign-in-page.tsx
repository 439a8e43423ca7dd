import { Button, Card, Center, Checkbox, Group, Image, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answered } from '../api/answered.ts';
import { client } from '../api/client.ts';
import { tokenKeeper } from '../api/token-keeper.ts';
import logo from '../layout/crier.svg';
import { PageTitle } from '../ui/page-title.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';

interface Wanted {
  readonly token: string;
  readonly remembered: boolean;
}

const TOKEN = /^[\w-]{1,200}$/;

/** Keeps a token once the API has said that it is one. */
const signIn = async ({ token, remembered }: Wanted): Promise<void> => {
  await answered(client.GET('/v1/me', { headers: { authorization: `Bearer ${token}` } }));
  tokenKeeper.keep(token, { remembered });
};

export const SignInPage = () => {
  const { t } = useTranslation('session');
  const { mutate, isPending, error } = useMutation({ mutationFn: signIn });
  const form = useForm<Wanted>({
    mode: 'uncontrolled',
    initialValues: { token: '', remembered: false },
    transformValues: ({ token, remembered }) => ({ token: token.trim(), remembered }),
    validate: {
      token: (token) => {
        if (token.trim() === '') return t('empty');
        return TOKEN.test(token.trim()) ? null : t('malformed');
      },
    },
  });
  return (
    <Center component="main" mih="100vh" p="md">
      <Card withBorder shadow="sm" padding="xl" w="100%" maw={420}>
        <form
          noValidate
          onSubmit={form.onSubmit((wanted) => {
            mutate(wanted);
          })}
        >
          <Stack>
            <Group>
              <Image src={logo} alt="" w={40} h={40} />
              <PageTitle>{t('title')}</PageTitle>
            </Group>
            <ProblemAlert error={error} />
            <PasswordInput
              key={form.key('token')}
              label={t('token')}
              description={t('tokenHelp')}
              autoComplete="current-password"
              data-autofocus
              required
              {...form.getInputProps('token')}
            />
            <Checkbox
              key={form.key('remembered')}
              label={t('remember')}
              {...form.getInputProps('remembered', { type: 'checkbox' })}
            />
            <Button type="submit" loading={isPending}>
              {t('signIn')}
            </Button>
          </Stack>
        </form>
      </Card>
    </Center>
  );
};
