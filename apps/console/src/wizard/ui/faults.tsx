import { createContext, useContext } from 'react';
import { Text } from '@mantine/core';
import { faultsAt, problemOf, type Fault } from '../../api/problem.ts';

/** What the API said of the part under edit. */
export const FaultsContext = createContext<unknown>(undefined);

const told = (faults: readonly Fault[]): string | undefined =>
  faults.length === 0 ? undefined : [...new Set(faults.map(({ message }) => message))].join(' ');

/** What is wrong at a field, or inside it; undefined: nothing. */
export const useFault = (path: string): string | undefined =>
  told(faultsAt(useContext(FaultsContext), path));

/** What is wrong with a thing as a whole, not with one of its fields. */
export const useFaultOfWhole = (...paths: readonly string[]): string | undefined => {
  const error = useContext(FaultsContext);
  return told((problemOf(error)?.errors ?? []).filter(({ path }) => paths.includes(path)));
};

/** Says it where there is no field to say it beside. */
export const FaultOfWhole = ({ paths }: { readonly paths: readonly string[] }) => {
  const fault = useFaultOfWhole(...paths);
  return fault === undefined ? null : (
    <Text size="sm" c="var(--mantine-color-error)">
      {fault}
    </Text>
  );
};
