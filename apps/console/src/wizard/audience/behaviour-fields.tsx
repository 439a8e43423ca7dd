import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import type { Behaviour, Did } from './filter.ts';
import { ChoiceField, NumberField } from './value-fields.tsx';

interface BehaviourFieldsProps {
  readonly behaviour: Behaviour;
  readonly path: string;
  readonly onChange: (behaviour: Behaviour) => void;
}

const DIDS = ['sent', 'delivered', 'opened', 'clicked', 'ordered'] as const satisfies Did[];
const WHERES = ['lastDays', 'broadcast'] as const;
const STARTED = 'preparing,sending,held,sent,stopped';
const DAYS = 30;

const useStarted = () => {
  const params = { query: { status: STARTED, limit: 200 } };
  const { data } = api.useQuery('get', '/v1/broadcasts', { params });
  return data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [];
};

const BroadcastField = ({ behaviour, path, onChange }: BehaviourFieldsProps) => {
  const { t } = useTranslation('wizard');
  return (
    <ChoiceField
      label={t('filter.broadcast')}
      path={`${path}.broadcast`}
      value={behaviour.broadcast ?? ''}
      options={useStarted()}
      isSearchable
      onChange={(broadcast) => {
        onChange({ ...behaviour, broadcast });
      }}
    />
  );
};

/** The same question about another act; the number of a button belongs to clicks. */
const askedOf = (did: Did, { button, ...where }: Behaviour): Behaviour =>
  did === 'clicked' && button !== undefined ? { ...where, did, button } : { ...where, did };

/** What people did with one broadcast, or with any of the last days. */
export const BehaviourFields = (props: BehaviourFieldsProps) => {
  const { t } = useTranslation('wizard');
  const { behaviour, path, onChange } = props;
  const { did } = behaviour;
  const where = behaviour.broadcast === undefined ? 'lastDays' : 'broadcast';
  return (
    <>
      <ChoiceField
        label={t('filter.did')}
        path={`${path}.did`}
        value={did}
        options={DIDS.map((one) => ({ value: one, label: t(`did.${one}`) }))}
        onChange={(next) => {
          onChange(askedOf(next as Did, behaviour));
        }}
      />
      <ChoiceField
        label={t('filter.where')}
        path={path}
        value={where}
        options={WHERES.map((one) => ({ value: one, label: t(`where.${one}`) }))}
        onChange={(next) => {
          onChange(next === 'broadcast' ? { did, broadcast: '' } : { did, lastDays: DAYS });
        }}
      />
      {where === 'broadcast' ? (
        <BroadcastField {...props} />
      ) : (
        <NumberField
          label={t('filter.days')}
          path={`${path}.lastDays`}
          value={behaviour.lastDays ?? DAYS}
          onChange={(lastDays) => {
            onChange({ ...behaviour, lastDays });
          }}
        />
      )}
    </>
  );
};
