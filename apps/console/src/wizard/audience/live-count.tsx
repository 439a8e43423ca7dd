import { Group, List, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { channelName } from '../ui/channel-name.tsx';
import { problemOf } from '../../api/problem.ts';
import { useBotNames } from './bot-names.ts';
import { useReason } from './reasons.ts';
import type { useCount } from './use-count.ts';

type Counted = ReturnType<typeof useCount>;

interface Shares {
  readonly excluded: Readonly<Record<string, number>>;
  readonly perBot: readonly {
    readonly botId: string;
    readonly channel: string;
    readonly count: number;
  }[];
}

/** Through which bots people are reached, and why others are not. */
export const ReachDetails = ({ excluded, perBot }: Shares) => {
  const { t } = useTranslation('wizard');
  const { count } = useFormat();
  const nameOf = useBotNames();
  const reasonOf = useReason();
  const left = Object.entries(excluded).filter(([, number]) => number > 0);
  return (
    <Group align="start" gap="xl">
      <List size="sm" listStyleType="none" aria-label={t('count.perBot')}>
        {perBot.map(({ botId, channel, count: number }) => (
          <List.Item key={botId}>
            {t('count.bot', {
              bot: nameOf(botId),
              channel: channelName(channel),
              number: count(number),
            })}
          </List.Item>
        ))}
      </List>
      {left.length === 0 ? null : (
        <List size="sm" listStyleType="none" aria-label={t('count.excluded')}>
          {left.map(([reason, number]) => (
            <List.Item key={reason}>
              {t('count.left', { number: count(number), reason: reasonOf(reason) })}
            </List.Item>
          ))}
        </List>
      )}
    </Group>
  );
};

/** How many people the broadcast would reach if it started now. */
export const LiveCount = ({ data, error, isStale }: Counted) => {
  const { t } = useTranslation('wizard');
  const { count } = useFormat();
  const hasPlaces = (problemOf(error)?.errors ?? []).length > 0;
  return (
    <Paper withBorder p="md" pos="sticky" top={64} className="live-count">
      <Stack gap="xs" aria-busy={isStale}>
        <Text role="status" size="xl" fw={650} opacity={isStale ? 0.6 : 1}>
          {data ? t('count.planned', { count: data.planned, number: count(data.planned) }) : '…'}
        </Text>
        {data ? (
          <>
            <Text size="sm" c="dimmed">
              {t('count.now', { number: count(data.matched) })}
            </Text>
            <ReachDetails {...data} />
          </>
        ) : null}
        {hasPlaces ? null : <ProblemAlert error={error} />}
      </Stack>
    </Paper>
  );
};
