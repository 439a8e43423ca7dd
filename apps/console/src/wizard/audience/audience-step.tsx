import { Fieldset, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDraft, usePart } from '../draft/draft-context.ts';
import { Warnings } from '../message/warnings.tsx';
import { useForecast } from '../settings/use-forecast.ts';
import type { Audience } from '../../api/types.ts';
import { FaultsContext } from '../ui/faults.tsx';
import { filterOf, isUnfinished, withFilter } from './filter.ts';
import { FilterGroup } from './filter-group.tsx';
import { LiveCount } from './live-count.tsx';
import { People } from './people.tsx';
import { RouteChoice } from './route-choice.tsx';
import { useCount } from './use-count.ts';

/** Warnings of the forecast that have to do with who is meant. */
const useWarnings = () => {
  const { data } = useForecast();
  return data?.warnings.filter(({ path }) => path.startsWith('audience')) ?? [];
};

/** Step 2: who gets the message, and through which bot. */
export const AudienceStep = () => {
  const { t } = useTranslation('wizard');
  const { id } = useDraft();
  const { value: audience, error, change } = usePart('audience');
  const counted = useCount(id, audience);
  const warnings = useWarnings();
  const choose = (next: Audience): void => {
    change(next, { unfinished: isUnfinished(next) });
  };
  return (
    <FaultsContext value={error ?? counted.error ?? undefined}>
      <Stack>
        <LiveCount {...counted} />
        <Warnings warnings={warnings} />
        <Fieldset legend={t('filter.title')}>
          <FilterGroup
            group={filterOf(audience)}
            path="filter"
            name=""
            onChange={(group) => {
              choose(withFilter(audience, group));
            }}
          />
        </Fieldset>
        <RouteChoice
          route={audience.route}
          onChange={(route) => {
            choose({ ...audience, route });
          }}
        />
        <Title order={3} size="h5">
          {t('people.title')}
        </Title>
        <People broadcastId={id} audience={audience} />
      </Stack>
    </FaultsContext>
  );
};
