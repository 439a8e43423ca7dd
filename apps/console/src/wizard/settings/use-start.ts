import { useLocalStorage } from '@mantine/hooks';
import { useDraft } from '../draft/draft-context.ts';
import { OWN_ZONE } from './zones.ts';

/** When sending is to begin. The API learns it at activation only, so until then this browser keeps it. */
export interface WantedStart {
  readonly isNow: boolean;
  readonly local: string;
  readonly zone: string;
}

export const useStart = () => {
  const { id } = useDraft();
  return useLocalStorage<WantedStart>({
    key: `crier.start.${id}`,
    defaultValue: { isNow: true, local: '', zone: OWN_ZONE },
    getInitialValueInEffect: false,
  });
};

/** As the API takes it. */
export const startOf = ({ isNow, local, zone }: WantedStart) =>
  isNow ? ('now' as const) : { local, zone };
