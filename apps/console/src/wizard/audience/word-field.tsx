import { Autocomplete } from '@mantine/core';
import { useFault } from '../ui/faults.tsx';

interface WordFieldProps {
  readonly label: string;
  readonly path: string;
  readonly value: string;
  readonly words: readonly string[];
  readonly onChange: (value: string) => void;
}

/** A word that contacts have, suggested where it is known. */
export const WordField = ({ label, path, value, words, onChange }: WordFieldProps) => (
  <Autocomplete
    flex="1 1 9rem"
    aria-label={label}
    placeholder={label}
    data={[...words]}
    limit={50}
    value={value}
    error={useFault(path)}
    onChange={onChange}
  />
);
