import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import type { Bot } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useMe } from '../session/me.ts';
import { PageTitle } from '../ui/page-title.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { Section } from '../ui/section.tsx';
import { SimpleTable } from '../ui/simple-table.tsx';
import { BotDialog } from './bot-dialog.tsx';

const Channels = () => {
  const { t } = useTranslation('bots');
  const { data, error } = api.useQuery('get', '/v1/channels');
  const yes = (is: boolean): string => (is ? t('yes') : t('no'));
  const rows = (data?.items ?? []).map(({ channel, alive, instances, capabilities }) => ({
    key: channel,
    cells: [
      channel,
      yes(alive),
      String(instances),
      `${capabilities.rate.standard} / ${capabilities.rate.most}`,
      yes(capabilities.reports.delivered),
      yes(capabilities.reports.opened),
    ],
  }));
  const head = [t('channel'), t('alive'), t('instances'), t('rates'), t('delivered'), t('opened')];
  return (
    <>
      <ProblemAlert error={error} />
      <SimpleTable caption={t('channels')} head={head} rows={rows} />
    </>
  );
};

/** Accounts on the messengers, and the channels that are there. */
export const BotsPage = () => {
  const { t } = useTranslation('bots');
  const { count } = useFormat();
  const { may } = useMe();
  const { data, error } = api.useQuery('get', '/v1/bots');
  const [open, setOpen] = useState<Bot | 'new'>();
  const mayChange = may('channel');
  const rows = (data?.items ?? []).map((bot) => ({
    key: bot.id,
    cells: [
      bot.name,
      bot.id,
      bot.channel,
      count(bot.rate),
      bot.credentials.join(', '),
      mayChange ? (
        <Button
          key="change"
          size="compact-sm"
          variant="default"
          aria-label={t('changeOf', { name: bot.id })}
          onClick={() => {
            setOpen(bot);
          }}
        >
          {t('change')}
        </Button>
      ) : (
        ''
      ),
    ],
  }));
  const head = [t('name'), t('id'), t('channel'), t('rate'), t('credentials'), t('change')];
  return (
    <Stack>
      <Group justify="space-between">
        <PageTitle>{t('title')}</PageTitle>
        {mayChange ? (
          <Button
            onClick={() => {
              setOpen('new');
            }}
          >
            {t('new')}
          </Button>
        ) : null}
      </Group>
      <ProblemAlert error={error} />
      <Section title={t('title')}>
        <SimpleTable caption={t('title')} head={head} rows={rows} />
      </Section>
      <Section title={t('channels')}>
        <Channels />
      </Section>
      {open === undefined ? null : (
        <BotDialog
          {...(open === 'new' ? {} : { bot: open })}
          onClose={() => {
            setOpen(undefined);
          }}
        />
      )}
    </Stack>
  );
};
