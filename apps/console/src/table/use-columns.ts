import { useLocalStorage } from '@mantine/hooks';
import { useMemo } from 'react';
import { COLUMNS, HIDDEN_AT_FIRST, type ColumnName } from './columns.ts';

/** The columns that this reader wants, kept in this browser. The name is always there. */
export const useColumns = () => {
  const [hidden, setHidden] = useLocalStorage<readonly string[]>({
    key: 'crier.hidden-columns',
    defaultValue: HIDDEN_AT_FIRST,
    getInitialValueInEffect: false,
  });
  // The same list while the choice is the same: rows are drawn again where it is another.
  const shown = useMemo(
    () => COLUMNS.filter((column) => column === 'name' || !hidden.includes(column)),
    [hidden],
  );
  const toggle = (column: ColumnName): void => {
    setHidden((before) =>
      before.includes(column) ? before.filter((one) => one !== column) : [...before, column],
    );
  };
  return { shown, toggle };
};
