import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePart } from '../draft/draft-context.ts';
import { FaultsContext, useFault } from '../ui/faults.tsx';

const NameInput = ({ value, onChange }: { value: string; onChange: (name: string) => void }) => {
  const { t } = useTranslation('wizard');
  return (
    <TextInput
      label={t('name.label')}
      description={t('name.why')}
      dir="auto"
      value={value}
      error={useFault('name')}
      onChange={({ currentTarget }) => {
        onChange(currentTarget.value);
      }}
    />
  );
};

/** The name by which the team finds the broadcast. */
export const NameField = () => {
  const { value, error, change } = usePart('name');
  return (
    <FaultsContext value={error}>
      <NameInput
        value={value}
        onChange={(name) => {
          change(name, { unfinished: name === '' });
        }}
      />
    </FaultsContext>
  );
};
