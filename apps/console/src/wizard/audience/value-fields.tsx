import { NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFault } from '../ui/faults.tsx';

interface FieldProps<T> {
  readonly label: string;
  readonly path: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

const FLEX = '1 1 9rem';

interface ChoiceFieldProps extends FieldProps<string> {
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly isSearchable?: boolean;
}

export const ChoiceField = (props: ChoiceFieldProps) => {
  const { label, path, value, options, isSearchable = false, onChange } = props;
  const fault = useFault(path);
  const isKnown = value === '' || options.some((option) => option.value === value);
  const data = isKnown ? [...options] : [...options, { value, label: value }];
  return (
    <Select
      flex={FLEX}
      aria-label={label}
      placeholder={label}
      allowDeselect={false}
      searchable={isSearchable}
      data={data}
      value={value === '' ? null : value}
      error={fault}
      onChange={(next) => {
        if (next !== null) onChange(next);
      }}
    />
  );
};

export const NumberField = ({ label, path, value, onChange }: FieldProps<number>) => (
  <NumberInput
    flex={FLEX}
    aria-label={label}
    placeholder={label}
    value={value}
    error={useFault(path)}
    onChange={(next) => {
      if (typeof next === 'number') onChange(next);
    }}
  />
);

export const DateField = ({ label, path, value, onChange }: FieldProps<string>) => (
  <TextInput
    flex={FLEX}
    type="date"
    aria-label={label}
    value={value.slice(0, 10)}
    error={useFault(path)}
    onChange={({ currentTarget }) => {
      onChange(currentTarget.value);
    }}
  />
);

/** Yes or no. */
export const ClaimField = ({ label, path, value, onChange }: FieldProps<boolean>) => {
  const { t } = useTranslation('wizard');
  return (
    <ChoiceField
      label={label}
      path={path}
      value={String(value)}
      options={[
        { value: 'true', label: t('filter.yes') },
        { value: 'false', label: t('filter.no') },
      ]}
      onChange={(next) => {
        onChange(next === 'true');
      }}
    />
  );
};
