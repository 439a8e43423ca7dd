import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useKnownChannels } from '../message/known-channels.ts';
import { channelName } from '../ui/channel-name.tsx';
import { useVocabulary } from '../vocabulary.ts';
import { BehaviourFields } from './behaviour-fields.tsx';
import type { Condition, Status } from './filter.ts';
import { MomentFields } from './moment-fields.tsx';
import { ChoiceField } from './value-fields.tsx';
import { VariableFields } from './variable-fields.tsx';
import { WordField } from './word-field.tsx';

export interface ConditionFieldsProps {
  readonly condition: Condition;
  readonly path: string;
  readonly onChange: (condition: Condition) => void;
}

const STATUSES = ['enabled', 'unsubscribed', 'blocked', 'disabled'] as const satisfies Status[];

const Named = ({ condition, path, onChange }: ConditionFieldsProps) => {
  const { t } = useTranslation('wizard');
  const { tags, tunnels, languages } = useVocabulary();
  const word = (kind: 'tag' | 'tunnel' | 'language', value: string, words: readonly string[]) => (
    <WordField
      label={t(`condition.${kind}`)}
      path={`${path}.${kind}`}
      value={value}
      words={words}
      onChange={(next) => {
        onChange({ [kind]: next } as unknown as Condition);
      }}
    />
  );
  if ('tag' in condition) return word('tag', condition.tag, tags);
  if ('tunnel' in condition) return word('tunnel', condition.tunnel, tunnels);
  return 'language' in condition ? word('language', condition.language, languages) : null;
};

const Chosen = ({ condition, path, onChange }: ConditionFieldsProps) => {
  const { t } = useTranslation('wizard');
  const channels = useKnownChannels();
  const { data: bots } = api.useQuery('get', '/v1/bots');
  if ('status' in condition)
    return (
      <ChoiceField
        label={t('condition.status')}
        path={`${path}.status`}
        value={condition.status}
        options={STATUSES.map((one) => ({ value: one, label: t(`connection.${one}`) }))}
        onChange={(status) => {
          onChange({ status: status as Status });
        }}
      />
    );
  if ('channel' in condition)
    return (
      <ChoiceField
        label={t('condition.channel')}
        path={`${path}.channel`}
        value={condition.channel}
        options={channels.map(({ name }) => ({ value: name, label: channelName(name) }))}
        onChange={(channel) => {
          onChange({ channel });
        }}
      />
    );
  if (!('bot' in condition)) return null;
  return (
    <ChoiceField
      label={t('condition.bot')}
      path={`${path}.bot`}
      value={condition.bot}
      options={bots?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      isSearchable
      onChange={(bot) => {
        onChange({ bot });
      }}
    />
  );
};

/** What a condition asks, by its kind. */
export const ConditionFields = (props: ConditionFieldsProps) => {
  const { condition, path, onChange } = props;
  if ('variable' in condition) return <VariableFields {...props} condition={condition} />;
  if ('behaviour' in condition)
    return (
      <BehaviourFields
        behaviour={condition.behaviour}
        path={`${path}.behaviour`}
        onChange={(behaviour) => {
          onChange({ behaviour });
        }}
      />
    );
  if ('firstContact' in condition || 'lastActive' in condition) {
    const kind = 'firstContact' in condition ? 'firstContact' : 'lastActive';
    return (
      <MomentFields
        moments={'firstContact' in condition ? condition.firstContact : condition.lastActive}
        path={`${path}.${kind}`}
        onChange={(moments) => {
          onChange(kind === 'firstContact' ? { firstContact: moments } : { lastActive: moments });
        }}
      />
    );
  }
  const isChosen = 'status' in condition || 'channel' in condition || 'bot' in condition;
  return isChosen ? <Chosen {...props} /> : <Named {...props} />;
};
