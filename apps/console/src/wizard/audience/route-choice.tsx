import { Fieldset, Group, Paper, Radio, Select, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import type { Route } from '../../api/types.ts';
import { channelName } from '../ui/channel-name.tsx';
import { FaultOfWhole } from '../ui/faults.tsx';
import { ItemActions } from '../ui/item-actions.tsx';
import { moved, removed } from '../ui/lists.ts';
import { SortableList } from '../ui/sortable-list.tsx';

interface BotOrderProps {
  readonly chosen: readonly string[];
  readonly onChange: (bots: readonly string[]) => void;
}

const useBots = () => api.useQuery('get', '/v1/bots').data?.items ?? [];

const BotOrder = ({ chosen, onChange }: BotOrderProps) => {
  const { t } = useTranslation('wizard');
  const bots = useBots();
  const nameOf = (id: string): string => {
    const bot = bots.find((one) => one.id === id);
    return bot ? t('route.bot', { name: bot.name, channel: channelName(bot.channel) }) : id;
  };
  const left = bots.filter(({ id }) => !chosen.includes(id));
  return (
    <Stack gap="xs">
      <SortableList
        items={chosen}
        label={t('route.order')}
        keyOf={(id) => id}
        nameOf={nameOf}
        onMove={(from, to) => {
          onChange(moved(chosen, from, to));
        }}
      >
        {(id, index, handle) => (
          <Paper withBorder px="xs" py={4}>
            <Group justify="space-between" wrap="nowrap">
              <Group gap="xs" wrap="nowrap">
                {handle}
                <Text size="sm">{`${index + 1}. ${nameOf(id)}`}</Text>
              </Group>
              <ItemActions
                name={nameOf(id)}
                index={index}
                count={chosen.length}
                onMove={(to) => {
                  onChange(moved(chosen, index, to));
                }}
                onRemove={() => {
                  onChange(removed(chosen, index));
                }}
              />
            </Group>
          </Paper>
        )}
      </SortableList>
      {left.length === 0 ? null : (
        <Select
          aria-label={t('route.add')}
          placeholder={t('route.add')}
          searchable
          data={left.map(({ id }) => ({ value: id, label: nameOf(id) }))}
          value={null}
          onChange={(id) => {
            if (id !== null) onChange([...chosen, id]);
          }}
        />
      )}
    </Stack>
  );
};

interface RouteChoiceProps {
  readonly route: Route;
  readonly onChange: (route: Route) => void;
}

/** Through which bot each person is reached: the main connection, or the first of chosen bots that reaches them. */
export const RouteChoice = ({ route, onChange }: RouteChoiceProps) => {
  const { t } = useTranslation('wizard');
  const bots = useBots();
  const isMain = route === 'main';
  return (
    <Fieldset legend={t('route.title')}>
      <Stack gap="sm">
        <Radio
          name="route"
          label={t('route.main')}
          checked={isMain}
          onChange={() => {
            onChange('main');
          }}
        />
        <Radio
          name="route"
          label={t('route.bots')}
          checked={!isMain}
          onChange={() => {
            onChange({ bots: bots.map(({ id }) => id) });
          }}
        />
        {isMain ? null : (
          <BotOrder
            chosen={route.bots}
            onChange={(next) => {
              onChange({ bots: [...next] });
            }}
          />
        )}
        <FaultOfWhole paths={['route', 'route.bots']} />
      </Stack>
    </Fieldset>
  );
};
