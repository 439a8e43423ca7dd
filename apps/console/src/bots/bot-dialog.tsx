import {
  Alert,
  Button,
  Code,
  NativeSelect,
  NumberInput,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import type { Bot } from '../api/types.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';

interface BotDialogProps {
  /** Absent: a new one. */
  readonly bot?: Bot;
  readonly onClose: () => void;
}

interface Wanted {
  readonly id: string;
  readonly channel: string;
  readonly name: string;
  readonly rate: number | string;
  /** `name=value`, one a line. */
  readonly credentials: string;
}

const credentialsIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.includes('='))
      .map((line) => [
        line.slice(0, line.indexOf('=')).trim(),
        line.slice(line.indexOf('=') + 1).trim(),
      ]),
  );

const NEW = { id: '', channel: 'telegram', name: '', rate: '', credentials: '' };

const initially = (bot: Bot | undefined): Wanted =>
  bot ? { id: bot.id, channel: bot.channel, name: bot.name, rate: bot.rate, credentials: '' } : NEW;

const bodyOf = ({ channel, name, rate, credentials }: Wanted) => {
  const given = credentialsIn(credentials);
  return {
    channel,
    ...(name !== '' && { name }),
    ...(typeof rate === 'number' && { rate }),
    ...(Object.keys(given).length > 0 && { credentials: given }),
  };
};

const Secrets = ({ secrets = {} }: { readonly secrets?: Readonly<Record<string, string>> }) => {
  const { t } = useTranslation('bots');
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${value}`);
  return (
    <Alert color="teal" title={t('checked')}>
      <Text size="sm">{lines.length === 0 ? t('kept') : t('secrets')}</Text>
      {lines.length === 0 ? null : <Code block>{lines.join('\n')}</Code>}
    </Alert>
  );
};

/** Registers or changes a bot. The messenger checks the credentials and takes the webhook before anything is kept. */
export const BotDialog = ({ bot, onClose }: BotDialogProps) => {
  const { t } = useTranslation('bots');
  const queries = useQueryClient();
  const { data: channels } = api.useQuery('get', '/v1/channels');
  const { mutate, isPending, error, data } = api.useMutation('put', '/v1/bots/{id}', {
    onSuccess: () => queries.invalidateQueries({ queryKey: ['get', '/v1/bots'] }),
  });
  const form = useForm<Wanted>({ initialValues: initially(bot) });
  const submit = form.onSubmit((wanted) => {
    mutate({ params: { path: { id: wanted.id } }, body: bodyOf(wanted) });
  });
  return (
    <Dialog title={bot ? t('changeOf', { name: bot.id }) : t('new')} onClose={onClose}>
      <form noValidate onSubmit={submit}>
        <Stack>
          <TextInput label={t('id')} disabled={bot !== undefined} {...form.getInputProps('id')} />
          <NativeSelect
            label={t('channel')}
            disabled={bot !== undefined}
            data={channels?.items.map(({ channel }) => channel) ?? []}
            {...form.getInputProps('channel')}
          />
          <TextInput label={t('name')} {...form.getInputProps('name')} />
          <NumberInput label={t('rate')} min={1} hideControls {...form.getInputProps('rate')} />
          <Textarea
            label={t('credentials')}
            description={t('credentialsHelp')}
            rows={3}
            {...form.getInputProps('credentials')}
          />
          <ProblemAlert error={error} />
          {data ? <Secrets {...(data.secrets && { secrets: data.secrets })} /> : null}
          <Button type="submit" loading={isPending}>
            {t('check')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
};
