import { useTranslation } from 'react-i18next';
import type { Moments } from './filter.ts';
import { ChoiceField, DateField, NumberField } from './value-fields.tsx';

interface MomentFieldsProps {
  readonly moments: Moments;
  readonly path: string;
  readonly onChange: (moments: Moments) => void;
}

const OPERATORS = ['withinDays', 'after', 'before'] as const;
const DAYS = 30;

/** When something was: back from now, or before or after a date. */
export const MomentFields = ({ moments, path, onChange }: MomentFieldsProps) => {
  const { t } = useTranslation('wizard');
  const operator = OPERATORS.find((one) => moments[one] !== undefined) ?? 'withinDays';
  const place = `${path}.${operator}`;
  return (
    <>
      <ChoiceField
        label={t('filter.when')}
        path={path}
        value={operator}
        options={OPERATORS.map((one) => ({ value: one, label: t(`moment.${one}`) }))}
        onChange={(next) => {
          onChange(next === 'withinDays' ? { withinDays: DAYS } : { [next]: '' });
        }}
      />
      {operator === 'withinDays' ? (
        <NumberField
          label={t('filter.days')}
          path={place}
          value={moments.withinDays ?? DAYS}
          onChange={(withinDays) => {
            onChange({ withinDays });
          }}
        />
      ) : (
        <DateField
          label={t('filter.date')}
          path={place}
          value={moments[operator] ?? ''}
          onChange={(date) => {
            onChange({ [operator]: date });
          }}
        />
      )}
    </>
  );
};
