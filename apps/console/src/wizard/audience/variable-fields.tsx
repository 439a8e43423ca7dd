import { useTranslation } from 'react-i18next';
import { useVocabulary } from '../vocabulary.ts';
import type { Conditions, Operator, Value } from './filter.ts';
import { ChoiceField, ClaimField, NumberField } from './value-fields.tsx';
import { WordField } from './word-field.tsx';

type Variable = Conditions['variable'];

interface VariableFieldsProps {
  readonly condition: Variable;
  readonly path: string;
  readonly onChange: (condition: Variable) => void;
}

const OPERATORS = [
  'is',
  'isNot',
  'above',
  'below',
  'contains',
  'exists',
] as const satisfies Operator[];
const TYPES = ['string', 'number', 'boolean'] as const;

type Type = (typeof TYPES)[number];

const BLANK: Readonly<Record<Type, Value>> = { string: '', number: 0, boolean: true };

const typeOf = (value: Value): Type => TYPES.find((type) => typeof value === type) ?? 'string';

const operatorOf = (condition: Variable): Operator =>
  OPERATORS.find((operator) => condition[operator] !== undefined) ?? 'is';

const ValueField = ({
  operator,
  value,
  path,
  onChange,
}: {
  operator: Operator;
  value: Value;
  path: string;
  onChange: (value: Value) => void;
}) => {
  const { t } = useTranslation('wizard');
  const shared = { label: t('filter.value'), path: `${path}.${operator}`, onChange };
  if (typeof value === 'boolean') return <ClaimField {...shared} value={value} />;
  if (typeof value === 'number') return <NumberField {...shared} value={value} />;
  return <WordField {...shared} value={value} words={[]} />;
};

/** A condition on a variable: a number is compared as a number, a text as a text. */
export const VariableFields = ({ condition, path, onChange }: VariableFieldsProps) => {
  const { t } = useTranslation('wizard');
  const { variables } = useVocabulary();
  const { variable } = condition;
  const operator = operatorOf(condition);
  const value = condition[operator] ?? '';
  const isTyped = operator !== 'exists' && operator !== 'contains';
  const ask = (name: string, by: Operator, next: Value): void => {
    onChange({ variable: name, [by]: next });
  };
  return (
    <>
      <WordField
        label={t('filter.variable')}
        path={`${path}.variable`}
        value={variable}
        words={[...variables.keys()]}
        onChange={(name) => {
          const sample = variables.get(name);
          const isNew = isTyped && sample !== undefined && typeOf(sample) !== typeOf(value);
          ask(name, operator, isNew ? BLANK[typeOf(sample)] : value);
        }}
      />
      <ChoiceField
        label={t('filter.operator')}
        path={`${path}.operator`}
        value={operator}
        options={OPERATORS.map((one) => ({ value: one, label: t(`operator.${one}`) }))}
        onChange={(next) => {
          const by = next as Operator;
          if (by === 'exists') ask(variable, by, true);
          else ask(variable, by, by === 'contains' && typeof value !== 'string' ? '' : value);
        }}
      />
      {isTyped ? (
        <ChoiceField
          label={t('filter.type')}
          path={`${path}.type`}
          value={typeOf(value)}
          options={TYPES.map((type) => ({ value: type, label: t(`type.${type}`) }))}
          onChange={(type) => {
            ask(variable, operator, BLANK[type as Type]);
          }}
        />
      ) : null}
      <ValueField
        operator={operator}
        value={value}
        path={path}
        onChange={(next) => {
          ask(variable, operator, next);
        }}
      />
    </>
  );
};
